import { itemsOf } from "../core/outbox/itemsOf.ts";
import type { SentRequest, SentRules } from "../core/outbox/sentRequest.ts";
import { utf8Length } from "../core/text/utf8Length.ts";
import type { ChatRequest } from "../gateway/chatRequest.ts";
import type { Attempt } from "./attempt.ts";

/** Where every request with a person's text is taken down before it leaves. */
export interface Outbox {
  /** Whether the body is kept, too. */
  readonly keepsText: boolean;
  /** Rejects with `outbox-unusable` when it cannot be written. */
  note(sent: SentRequest): Promise<void>;
}

/**
 * Takes a request down whose body is ready. One that cannot be listed does not leave: throws `outbox-unusable`. To a gateway on this
 * machine it goes all the same, since it does not leave the machine.
 */
export async function noteLeaving(attempt: Attempt, request: ChatRequest, body: string): Promise<void> {
  const { outbox, gateway } = attempt.turn.services;
  if (outbox === undefined) return;
  try {
    await outbox.note({ ...describeLeaving(attempt, request), ...bodyFacts(body, outbox.keepsText) });
  } catch (error) {
    if (gateway.isLocal) return;
    throw error;
  }
}

function describeLeaving(
  { turn, messages, discarded }: Attempt,
  request: ChatRequest,
): Omit<SentRequest, "bytes" | "text"> {
  const { services, request: asked, policy, decision } = turn;
  const { gateway } = services;
  return {
    atMs: services.now(),
    turnId: asked.turnId,
    attempt: discarded.length + 1,
    surface: asked.surface,
    taskType: decision.task.taskType,
    workspace: asked.workspace,
    gatewayOrigin: gateway.origin,
    keyName: gateway.keyName,
    models: [request.model, ...(request.fallbackModels ?? [])],
    privacy: policy.privacy?.profile ?? "none",
    rules: gateway.hasEndpoints ? rulesOf(request) : {},
    items: itemsOf(messages),
    ...(turn.masks.count === 0 ? {} : { maskedSecrets: turn.masks.count }),
  };
}

function rulesOf({ provider = {} }: ChatRequest): SentRules {
  const { dataCollection, zdr, only, ignore, order } = provider;
  return {
    ...(dataCollection === undefined ? {} : { dataCollection }),
    ...(zdr === undefined ? {} : { zdr }),
    ...(only === undefined ? {} : { only }),
    ...(ignore === undefined ? {} : { ignore }),
    ...(order === undefined ? {} : { order }),
  };
}

const PICTURE = /data:image\/[a-z+.-]+;base64,[A-Za-z0-9+/=]+/g;

function bodyFacts(body: string, keepsText: boolean): Pick<SentRequest, "bytes" | "text"> {
  const bytes = utf8Length(body);
  return keepsText ? { bytes, text: body.replaceAll(PICTURE, "(picture)") } : { bytes };
}

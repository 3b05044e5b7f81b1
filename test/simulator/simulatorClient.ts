import { text } from "node:stream/consumers";

import { createParser } from "eventsource-parser";
import { z } from "zod";

import type { Simulator } from "./startSimulator.ts";

const event = z.looseObject({
  id: z.string().optional(),
  model: z.string().optional(),
  provider: z.string().optional(),
  error: z.looseObject({ code: z.union([z.number(), z.string()]), message: z.string() }).optional(),
  choices: z
    .array(
      z.looseObject({
        finish_reason: z.string().nullish(),
        native_finish_reason: z.string().nullish(),
        delta: z.looseObject({
          content: z.string().nullish(),
          reasoning: z.string().nullish(),
          tool_calls: z
            .array(
              z.looseObject({
                function: z.looseObject({ name: z.string().optional(), arguments: z.string().optional() }),
              }),
            )
            .optional(),
        }),
      }),
    )
    .optional(),
  usage: z.looseObject({ cost: z.number(), prompt_tokens: z.number(), completion_tokens: z.number() }).optional(),
  openrouter_metadata: z.unknown().optional(),
});
export type StreamEvent = z.infer<typeof event>;

/** A chat request as tests write it. */
export interface ChatBody {
  readonly model?: string;
  readonly messages?: readonly unknown[];
  readonly [field: string]: unknown;
}

/** Who asks, and when to stop. */
export interface ChatInit {
  readonly key?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** What a stream said, read leniently. */
export interface ReadStream {
  readonly raw: string;
  readonly events: readonly StreamEvent[];
  readonly content: string;
  readonly comments: number;
  readonly isDone: boolean;
}

/** Posts a chat request, by default a short question to a small model. */
export function postChat(simulator: Simulator, body: ChatBody = {}, init: ChatInit = {}): Promise<Response> {
  const whole = {
    model: "openai/gpt-4o-mini",
    messages: [{ role: "user", content: "What is a monad?" }],
    max_tokens: 2_000,
    ...body,
  };
  return fetch(`${simulator.baseUrl}/chat/completions`, {
    method: "POST",
    redirect: "manual",
    headers: {
      Authorization: `Bearer ${init.key ?? simulator.key}`,
      "Content-Type": "application/json",
      ...init.headers,
    },
    body: JSON.stringify(whole),
    ...(init.signal && { signal: init.signal }),
  });
}

/** Reads a stream to its end. */
export async function readStream(response: Response): Promise<ReadStream> {
  const raw = response.body === null ? "" : await text(response.body);
  return parseStream(raw);
}

function parseStream(raw: string): ReadStream {
  const data: string[] = [];
  let comments = 0;
  const parser = createParser({
    onEvent: (message) => void data.push(message.data),
    onComment: () => void (comments += 1),
  });
  parser.feed(raw);
  const events = data.filter((line) => line !== "[DONE]").map((line) => event.parse(JSON.parse(line)));
  const content = events.map(({ choices }) => choices?.[0]?.delta.content ?? "").join("");
  return { raw, events, content, comments, isDone: data.includes("[DONE]") };
}

/** The usage of a stream; fails when it carried none. */
export function usageIn({ events }: ReadStream): NonNullable<StreamEvent["usage"]> {
  const usage = events.findLast((candidate) => candidate.usage !== undefined)?.usage;
  if (usage === undefined) throw new Error("The stream carried no usage");
  return usage;
}

const errorBody = z.looseObject({
  error: z.looseObject({
    code: z.number().optional(),
    message: z.string(),
    metadata: z.record(z.string(), z.unknown()).optional(),
  }),
});

/** Status, message and metadata of an error answer. */
export async function readError(
  response: Response,
): Promise<{ status: number; message: string; metadata: Record<string, unknown> }> {
  const { error } = errorBody.parse(await response.json());
  return { status: response.status, message: error.message, metadata: error.metadata ?? {} };
}

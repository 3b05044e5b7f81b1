import { faultOf } from "../faults/fault.ts";
import type { Exchange } from "../http/exchange.ts";
import { sendJson } from "../http/sendJson.ts";
import { wait } from "../http/wait.ts";
import type { Pace } from "../simulatorOptions.ts";
import { chunkHead, closingDetail, nativeFinishReason, reasoningDetail } from "./chatChunk.ts";
import { chargeFor } from "./generation.ts";
import type { Ending, Generation } from "./generation.ts";
import { tokensOf } from "./planAnswer.ts";
import { routerMetadata } from "./routerMetadata.ts";
import { usageOf } from "./usage.ts";

type Json = Readonly<Record<string, unknown>>;

const PROVIDER_ERROR = {
  code: 502,
  message: "Provider disconnected mid-stream",
  metadata: { error_type: "provider_unavailable" },
} as const;

/** Sends an answer in one piece. It is billed in full, also when the client has left. */
export async function sendWholeAnswer(generation: Generation, exchange: Exchange, pace: Pace): Promise<Ending> {
  const startedAtMs = performance.now();
  await wait(answerTimeMs(generation, pace), exchange.aborted);
  const isBroken =
    faultOf(exchange.faults, "error-in-200") !== undefined || faultOf(exchange.faults, "error-in-choice") !== undefined;
  const finishReason = isBroken ? "error" : generation.answer.finishReason;
  sendJson(exchange.response, bodyOf(generation, exchange), { headers: { "X-Generation-Id": generation.id } });
  const latencyMs = performance.now() - startedAtMs;
  const isCancelled = exchange.aborted.aborted;
  return { finishReason, isCancelled, produced: generation.answer.pieces, latencyMs, generationMs: latencyMs };
}

function answerTimeMs({ answer }: Generation, pace: Pace): number {
  return pace === "instant" ? 0 : pace.firstTokenMs + (tokensOf(answer.pieces) * 1000) / pace.tokensPerSecond;
}

function bodyOf(generation: Generation, { headers, faults }: Exchange): Json {
  if (faultOf(faults, "error-in-200")) return { id: generation.id, error: PROVIDER_ERROR };
  const { answer } = generation;
  const usage = usageOf(chargeFor(generation, { produced: answer.pieces, finishReason: answer.finishReason }), faults);
  const isMissingReason = faultOf(faults, "no-finish-reason") !== undefined;
  const finish = isMissingReason
    ? { finish_reason: null, native_finish_reason: null }
    : { finish_reason: answer.finishReason, native_finish_reason: nativeFinishReason(generation, answer.finishReason) };
  const choice = faultOf(faults, "error-in-choice")
    ? { index: 0, message: partialMessage(generation), finish_reason: "error", error: PROVIDER_ERROR }
    : { index: 0, logprobs: null, ...finish, message: messageOf(generation) };
  return {
    ...chunkHead(generation),
    object: "chat.completion",
    system_fingerprint: null,
    service_tier: null,
    choices: [choice],
    ...(usage && { usage }),
    ...(headers["x-openrouter-metadata"] === "enabled" && { openrouter_metadata: routerMetadata(generation) }),
  };
}

function messageOf(generation: Generation): Json {
  const { toolCalls, annotations, hidesReasoning, finishReason } = generation.answer;
  const reasoning = hidesReasoning ? "" : textIn(generation, "reasoning");
  const seal = closingDetail(generation);
  const calls = toolCalls.map(({ id, name, arguments: argumentsText }) => ({
    id,
    type: "function",
    function: { name, arguments: argumentsText },
  }));
  return {
    role: "assistant",
    content:
      finishReason === "tool_calls" && textIn(generation, "content") === "" ? null : textIn(generation, "content"),
    refusal: null,
    reasoning: reasoning === "" ? null : reasoning,
    ...(reasoning !== "" && { reasoning_details: [reasoningDetail(generation, reasoning), ...(seal ? [seal] : [])] }),
    ...(finishReason === "tool_calls" && { tool_calls: calls }),
    ...(annotations.length > 0 && { annotations }),
  };
}

function partialMessage(generation: Generation): Json {
  const content = textIn(generation, "content");
  return { role: "assistant", content: content.slice(0, Math.ceil(content.length / 2)) };
}

function textIn({ answer }: Generation, channel: "reasoning" | "content"): string {
  return answer.pieces
    .filter((piece) => piece.channel === channel)
    .map(({ text }) => text)
    .join("");
}

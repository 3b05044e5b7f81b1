import { faultOf } from "../faults/fault.ts";
import type { Exchange } from "../http/exchange.ts";
import type { StreamWriter } from "../http/streamWriter.ts";
import { chunkHead, deltaChunk, nativeFinishReason } from "./chatChunk.ts";
import { chargeFor } from "./generation.ts";
import type { Generation } from "./generation.ts";
import { routerMetadata } from "./routerMetadata.ts";
import { errorEvent } from "./streamFaults.ts";
import type { Breakage } from "./streamFaults.ts";
import { usageOf } from "./usage.ts";

/** How a stream came to its end. */
export type Outcome = "whole" | "aborted" | Breakage;

/** What the last events are made of. */
export interface StreamEnd {
  readonly generation: Generation;
  readonly exchange: Exchange;
  readonly terminalChunk: "repeated-finish" | "empty-choices";
}

/** Closes a stream in the way its outcome asks for. */
export async function endStream(outcome: Outcome, writer: StreamWriter, end: StreamEnd): Promise<void> {
  switch (outcome) {
    case "whole":
      await sendTerminalEvents(writer, end);
      return writer.end();
    case "error":
      await writer.event(errorEvent(end.generation));
      return writer.end();
    case "ended-early":
      return writer.end();
    case "cut":
      return writer.cut();
    case "aborted":
      return undefined;
  }
}

/** The finish reason, the terminal event with the usage in the shape chosen, and `[DONE]`. */
async function sendTerminalEvents(
  writer: StreamWriter,
  { generation, exchange, terminalChunk }: StreamEnd,
): Promise<void> {
  const { answer, faults } = generation;
  const delta = { content: "", role: "assistant" };
  const finish = {
    finish_reason: answer.finishReason,
    native_finish_reason: nativeFinishReason(generation, answer.finishReason),
  };
  const isNamed = faultOf(faults, "no-finish-reason") === undefined;
  if (isNamed) await writer.event(deltaChunk(generation, delta, finish));
  const usage = usageOf(chargeFor(generation, { produced: answer.pieces, finishReason: answer.finishReason }), faults);
  const hasMetadata = exchange.headers["x-openrouter-metadata"] === "enabled";
  const isEmpty = terminalChunk === "empty-choices" || !isNamed;
  await writer.event({
    ...chunkHead(generation),
    service_tier: null,
    choices: isEmpty ? [] : [{ index: 0, delta, ...finish }],
    ...(usage && { usage }),
    ...(hasMetadata && { openrouter_metadata: routerMetadata(generation) }),
  });
  if (faultOf(faults, "no-done") === undefined) await writer.raw("data: [DONE]\n\n");
}

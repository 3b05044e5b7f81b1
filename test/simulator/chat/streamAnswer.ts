import { setImmediate as nextTick } from "node:timers/promises";

import { faultOf } from "../faults/fault.ts";
import { openEventStream } from "../http/sendJson.ts";
import { StreamWriter } from "../http/streamWriter.ts";
import { wait } from "../http/wait.ts";
import type { Exchange } from "../http/exchange.ts";
import type { Pace } from "../simulatorOptions.ts";
import { closingDetail, deltaChunk, deltaOf } from "./chatChunk.ts";
import type { Ending, Generation } from "./generation.ts";
import { endStream } from "./endStream.ts";
import type { Outcome } from "./endStream.ts";
import type { Piece } from "./planAnswer.ts";
import { breakageAfter, disturb } from "./streamFaults.ts";

/** How a stream is paced and closed, and who is told of its end before the client is. */
export interface StreamPlan {
  readonly pace: Pace;
  readonly terminalChunk: "repeated-finish" | "empty-choices";
  readonly settle: (ending: Ending) => void;
  readonly onPiece: (text: string) => void;
}

/** Streams an answer to its end: whole, broken by a fault, or left by the client. */
export async function streamAnswer(generation: Generation, exchange: Exchange, plan: StreamPlan): Promise<void> {
  const { response, aborted, faults } = exchange;
  const startedAtMs = performance.now();
  openEventStream(response, generation.id);
  const writer = new StreamWriter(response, faults, aborted);
  const pace = paceOf(faults, plan.pace);
  await leadIn(writer, exchange, pace);
  const latencyMs = performance.now() - startedAtMs;
  const { produced, outcome } = await sendPieces(generation, writer, {
    ...{ pace, exchange, onPiece: plan.onPiece },
  });
  const generationMs = performance.now() - startedAtMs;
  plan.settle(endingOf(generation, outcome, { produced, latencyMs, generationMs }));
  await endStream(outcome, writer, { generation, exchange, terminalChunk: plan.terminalChunk });
}

/** Everything before the first token: one keep-alive comment, or many, and the wait for the model. */
async function leadIn(writer: StreamWriter, { faults, aborted }: Exchange, pace: Pace): Promise<void> {
  await writer.comment();
  const { forMs, everyMs } = faultOf(faults, "keep-alive") ?? { forMs: 0, everyMs: 1 };
  for (let passedMs = 0; passedMs < forMs; passedMs += everyMs) {
    if ((await wait(everyMs, aborted)) === "aborted") return;
    await writer.comment();
  }
  if (pace !== "instant") await wait(pace.firstTokenMs, aborted);
}

async function sendPieces(
  generation: Generation,
  writer: StreamWriter,
  { pace, exchange, onPiece }: Pick<StreamPlan, "pace" | "onPiece"> & { readonly exchange: Exchange },
): Promise<{ produced: readonly Piece[]; outcome: Outcome }> {
  const { pieces } = generation.answer;
  let dueAtMs = performance.now();
  for (const [index, piece] of pieces.entries()) {
    const produced = pieces.slice(0, index);
    if (exchange.aborted.aborted) return { produced, outcome: "aborted" };
    await disturb(generation, writer, index);
    const broken = breakageAfter(generation.faults, index);
    if (broken !== undefined) return { produced, outcome: broken };
    dueAtMs += timeOf(piece, pace);
    await untilDue(dueAtMs, pace, exchange.aborted);
    if (exchange.aborted.aborted) return { produced, outcome: "aborted" };
    onPiece(piece.text);
    await sendPiece(generation, writer, index);
  }
  await sendAnnotations(generation, writer);
  const broken = exchange.aborted.aborted ? "aborted" : breakageAfter(generation.faults, pieces.length);
  return { produced: pieces, outcome: broken ?? "whole" };
}

/** What the answer cites comes in a delta without text. */
async function sendAnnotations(generation: Generation, writer: StreamWriter): Promise<void> {
  const { annotations } = generation.answer;
  if (annotations.length === 0) return;
  await writer.event(deltaChunk(generation, { content: "", role: "assistant", annotations }));
}

/** Sends a piece, and after the last thought what some makers seal it with. Hidden reasoning is only a comment. */
async function sendPiece(generation: Generation, writer: StreamWriter, index: number): Promise<void> {
  const { pieces, hidesReasoning } = generation.answer;
  const piece = pieces[index];
  if (piece === undefined) return;
  if (piece.channel === "reasoning" && hidesReasoning) return writer.comment();
  await writer.event(deltaChunk(generation, deltaOf(generation, piece)));
  const seal =
    piece.channel === "reasoning" && pieces[index + 1]?.channel !== "reasoning" ? closingDetail(generation) : undefined;
  if (seal) await writer.event(deltaChunk(generation, { content: "", role: "assistant", reasoning_details: [seal] }));
}

function timeOf({ tokens }: Piece, pace: Pace): number {
  return pace === "instant" ? 0 : (tokens * 1000) / pace.tokensPerSecond;
}

/** Timers are late by a millisecond or two, which would add up with every piece. */
async function untilDue(dueAtMs: number, pace: Pace, aborted: AbortSignal): Promise<void> {
  if (pace === "instant") await nextTick();
  else await wait(dueAtMs - performance.now(), aborted);
}

/** A client that leaves pays for what was made, or for the whole answer where the provider goes on regardless. */
function endingOf(
  generation: Generation,
  outcome: Outcome,
  progress: Pick<Ending, "produced" | "latencyMs" | "generationMs">,
): Ending {
  const { answer, route } = generation;
  switch (outcome) {
    case "whole":
    case "ended-early":
      return { ...progress, produced: answer.pieces, finishReason: answer.finishReason, isCancelled: false };
    case "error":
      return { ...progress, finishReason: "error", isCancelled: false };
    case "aborted":
    case "cut": {
      const billsOn = route.endpoint.provider.onAbort === "bills-on";
      return {
        ...progress,
        produced: billsOn ? answer.pieces : progress.produced,
        finishReason: null,
        isCancelled: true,
      };
    }
  }
}

function paceOf(faults: Exchange["faults"], pace: Pace): Pace {
  const slow = faultOf(faults, "pace");
  return slow === undefined ? pace : { tokensPerSecond: slow.tokensPerSecond, firstTokenMs: 0 };
}

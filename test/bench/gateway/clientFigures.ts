import type { Figure } from "../figure.ts";
import { type Rounds, addedToBare, medianOf, ratioToBare } from "./alternate.ts";
import { CHAT_CLIENTS, type ChatClientName } from "./chatClient.ts";

/** What the bench is about: our gateway over the transport that is nearest to the bare client. */
const OURS: ChatClientName = "waybill";

const CHUNKS_PER_SECOND = 150_000;
const CPU_RATIO = 2;
const ADDED_MS = 1;
const FIRST_TEXT_RATIO = 1.15;

/** How fast long answers are read, and what that costs. */
export function longAnswerFigures(rounds: Rounds, chunks: number): Figure[] {
  return [
    ...CHAT_CLIENTS.map((name) => ({
      what: `Long answer, speed: ${titleOf(name)}`,
      value: (chunks / medianOf(rounds, name, "totalMs")) * 1000,
      unit: "chunks/s" as const,
      ratio: 1 / ratioToBare(rounds, name, "totalMs"),
      ...(name === OURS ? { atLeast: CHUNKS_PER_SECOND } : {}),
    })),
    ...CHAT_CLIENTS.map((name) => ({
      what: `Long answer, CPU time: ${titleOf(name)}`,
      value: medianOf(rounds, name, "cpuMs"),
      unit: "ms" as const,
      ratio: ratioToBare(rounds, name, "cpuMs"),
      ...(name === OURS ? { ratioAtMost: CPU_RATIO } : {}),
    })),
  ];
}

/** What a request costs that has next to no answer. */
export function tinyAnswerFigures(rounds: Rounds): Figure[] {
  return CHAT_CLIENTS.map((name) => ({
    what: `${name === "bare" ? "Tiny answer, whole request" : "Tiny answer, added"}: ${titleOf(name)}`,
    value: name === "bare" ? medianOf(rounds, name, "totalMs") : addedToBare(rounds, name, "totalMs"),
    unit: "ms",
    ratio: ratioToBare(rounds, name, "totalMs"),
    ...(name === OURS ? { below: ADDED_MS } : {}),
  }));
}

export function firstTokenFigures(rounds: Rounds): Figure[] {
  return CHAT_CLIENTS.map((name) => ({
    what: `First token: ${titleOf(name)}`,
    value: medianOf(rounds, name, "firstTextMs"),
    unit: "ms",
    ratio: ratioToBare(rounds, name, "firstTextMs"),
    ...(name === OURS ? { ratioAtMost: FIRST_TEXT_RATIO } : {}),
  }));
}

function titleOf(name: ChatClientName): string {
  switch (name) {
    case "bare":
      return "bare client";
    case "waybill":
      return "Waybill";
    case "waybill-fetch":
      return "Waybill over `fetch`";
    case "openai":
      return "`openai`";
    case "openrouter-sdk":
      return "`@openrouter/sdk`";
    case "ai":
      return "`ai`";
  }
}

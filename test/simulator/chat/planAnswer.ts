import { faultOf } from "../faults/fault.ts";
import type { SingleFault } from "../faults/fault.ts";
import { sampleFromSchema } from "../personas/sampleFromSchema.ts";
import { writeAnswer, writeReasoning } from "../personas/writeAnswer.ts";
import { maxTokensOf } from "./chatRequest.ts";
import type { ChatRequest } from "./chatRequest.ts";
import { countTokens, cutIntoPieces } from "./countTokens.ts";
import { effortOf, reasons } from "./reasoningWish.ts";
import type { Route } from "./routeChat.ts";

const TOKENS_PER_PIECE = 3;

/** One delta's worth of an answer. */
export interface Piece {
  readonly channel: "reasoning" | "content" | "tool-call";
  readonly text: string;
  readonly tokens: number;
  /** Index of the tool call the text belongs to. */
  readonly toolIndex: number;
}

interface PlannedToolCall {
  readonly id: string;
  readonly name: string;
  readonly arguments: string;
}

/** Everything a model is going to say, before it says it. */
export interface PlannedAnswer {
  readonly pieces: readonly Piece[];
  readonly toolCalls: readonly PlannedToolCall[];
  /** As `annotations` carries them; empty without a search. */
  readonly annotations: readonly Readonly<Record<string, unknown>>[];
  readonly finishReason: "stop" | "length" | "tool_calls" | "content_filter";
  /** `reasoning.exclude`: thought and billed, but not shown. */
  readonly hidesReasoning: boolean;
}

/** Writes the whole answer and cuts it to the tokens allowed; reasoning comes out of the same allowance. */
export function planAnswer(request: ChatRequest, route: Route, faults: readonly SingleFault[]): PlannedAnswer {
  const script = faultOf(faults, "answer");
  const { row, maxCompletionTokens } = route.endpoint;
  const allowance = Math.min(
    maxTokensOf(request) ?? Number.POSITIVE_INFINITY,
    maxCompletionTokens ?? Number.POSITIVE_INFINITY,
  );
  const toolCalls = script === undefined ? forcedToolCalls(request) : numbered(script.toolCalls ?? []);
  const thought =
    script?.reasoning ?? (reasons(row.reasoning, request) ? writeReasoning(request, effortOf(request)) : "");
  const content = script?.content ?? (toolCalls.length > 0 ? "" : writeAnswer(request, row.id));
  const whole = [
    ...piecesOf("reasoning", thought),
    ...piecesOf("content", content),
    ...toolCalls.flatMap((call, index) => toolPieces(call, index)),
  ];
  const pieces = withinAllowance(whole, allowance);
  const isCut = tokensOf(pieces) < tokensOf(whole);
  const finishReason =
    script?.isFiltered === true ? "content_filter" : isCut ? "length" : toolCalls.length > 0 ? "tool_calls" : "stop";
  const annotations = (script?.citations ?? []).map((citation) => ({ type: "url_citation", url_citation: citation }));
  return { pieces, toolCalls, annotations, finishReason, hidesReasoning: request.reasoning?.exclude === true };
}

/** Completion tokens of some pieces. */
export function tokensOf(pieces: readonly Piece[]): number {
  return pieces.reduce((total, piece) => total + piece.tokens, 0);
}

/** Reasoning tokens of some pieces. */
export function reasoningTokensOf(pieces: readonly Piece[]): number {
  return tokensOf(pieces.filter(({ channel }) => channel === "reasoning"));
}

function piecesOf(channel: Piece["channel"], text: string, toolIndex = 0): readonly Piece[] {
  return cutIntoPieces(text, TOKENS_PER_PIECE).map((piece) => ({ ...piece, channel, toolIndex }));
}

/** The name costs tokens too, so a call's first, empty piece carries them. */
function toolPieces(call: PlannedToolCall, index: number): readonly Piece[] {
  const opening: Piece = { channel: "tool-call", text: "", tokens: countTokens(call.name), toolIndex: index };
  return [opening, ...piecesOf("tool-call", call.arguments, index)];
}

/** Keeps whole pieces, and of the one that crosses the allowance as many tokens as fit. */
function withinAllowance(pieces: readonly Piece[], allowance: number): readonly Piece[] {
  const kept: Piece[] = [];
  let left = allowance;
  for (const piece of pieces) {
    if (piece.tokens > left) {
      const [rest] = cutIntoPieces(piece.text, left, left);
      return rest === undefined || left === 0 ? kept : [...kept, { ...piece, ...rest }];
    }
    kept.push(piece);
    left -= piece.tokens;
  }
  return kept;
}

/** Calls the tool the request insists on, with arguments that fit its schema. */
function forcedToolCalls(request: ChatRequest): readonly PlannedToolCall[] {
  const choice = request.tool_choice;
  const wanted = typeof choice === "object" ? choice?.function?.name : undefined;
  if (choice !== "required" && wanted === undefined) return [];
  const tool = request.tools?.find(
    ({ function: declared }) => declared !== undefined && (wanted ?? declared.name) === declared.name,
  );
  if (tool?.function === undefined) return [];
  const sample = sampleFromSchema(tool.function.parameters ?? { type: "object" });
  return numbered([{ name: tool.function.name, arguments: JSON.stringify(sample) }]);
}

function numbered(calls: readonly { readonly name: string; readonly arguments: string }[]): readonly PlannedToolCall[] {
  return calls.map((call, index) => ({ ...call, id: `call_${index + 1}` }));
}

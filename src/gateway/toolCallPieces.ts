import * as z from "zod/mini";
import type { ToolCall } from "./chatEvent.ts";

const text = z.catch(z.nullish(z.string()), undefined);

/** Source: OpenRouter `ChatStreamToolCall`; every field was seen missing, and `arguments` as an object. */
const pieceSchema = z.looseObject({
  index: z.catch(z.nullish(z.int()), undefined),
  id: text,
  function: z.catch(z.nullish(z.looseObject({ name: text, arguments: z.optional(z.unknown()) })), undefined),
});

type Piece = z.infer<typeof pieceSchema>;

interface OpenCall {
  readonly index: number | undefined;
  id: string;
  name: string;
  arguments: string;
}

/** Puts tool calls together from pieces: id and name come with the first, the arguments in fragments. */
export class ToolCallPieces {
  readonly #calls: OpenCall[] = [];

  add(items: readonly unknown[]): void {
    for (const item of items) {
      const piece = pieceSchema.safeParse(item);
      if (piece.success) this.#addPiece(piece.data);
    }
  }

  /** Whole calls, in the order they were begun. A call without a name cannot be made and is only counted. */
  finish(): { readonly calls: readonly ToolCall[]; readonly namelessCount: number } {
    const named = this.#calls.filter(({ name }) => name !== "");
    const calls = named.map((call, position) => ({
      id: call.id === "" ? `call_${position + 1}` : call.id,
      name: call.name,
      // A fragment of white space may follow the complete JSON.
      arguments: call.arguments.trim() === "" ? "{}" : call.arguments.trim(),
    }));
    return { calls, namelessCount: this.#calls.length - named.length };
  }

  #addPiece(piece: Piece): void {
    let call = this.#callOf(piece);
    if (call === undefined) {
      call = { index: piece.index ?? undefined, id: "", name: "", arguments: "" };
      this.#calls.push(call);
    }
    if (call.id === "") call.id = piece.id ?? "";
    if (call.name === "") call.name = piece.function?.name ?? "";
    call.arguments += argumentsText(piece.function?.arguments);
  }

  /** The call a piece goes on with; `undefined` when it begins one. */
  #callOf(piece: Piece): OpenCall | undefined {
    const id = piece.id ?? "";
    const sameId = id === "" ? undefined : this.#calls.findLast((call) => call.id === id);
    if (sameId !== undefined) return sameId;
    const beginsAnew = (piece.function?.name ?? "") !== "";
    const index = piece.index ?? undefined;
    const candidate = index === undefined ? this.#calls.at(-1) : this.#calls.findLast((call) => call.index === index);
    if (candidate === undefined || !beginsAnew || candidate.name === "") return candidate;
    // Some servers number every call 0, and some repeat the name with each fragment but never another id.
    if (id === "") return index === undefined ? undefined : candidate;
    return candidate.id === "" ? candidate : undefined;
  }
}

function argumentsText(value: unknown): string {
  if (typeof value === "string") return value;
  return typeof value === "object" && value !== null ? JSON.stringify(value) : "";
}

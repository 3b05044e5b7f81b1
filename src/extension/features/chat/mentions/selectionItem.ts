import { splitLines } from "../../../../core/context/splitParts.ts";
import type { CodeContext } from "../../../../core/conversation/conversationMessage.ts";
import type { PendingItem } from "./pendingItem.ts";

/** A piece of a file, to be cut by its lines. */
export function selectionItem({ label, languageId, text, diagnostics }: CodeContext): PendingItem {
  const parts = splitLines(text);
  return {
    id: `selection:${label}`,
    kind: "selection",
    rank: "selection",
    unit: "line",
    label,
    languageId,
    diagnostics,
    parts,
  };
}

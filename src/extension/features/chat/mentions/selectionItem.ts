import { splitLines } from "../../../../core/context/splitParts.ts";
import type { CodeContext } from "../../../../core/conversation/conversationMessage.ts";
import type { PendingItem } from "./pendingItem.ts";

/** What was to go along with a question that came back: as it was then, whatever is selected now. */
export function returnedItem(code: CodeContext): PendingItem {
  const { id, kind = "selection", image } = code;
  const isSelection = kind === "selection";
  return {
    ...selectionItem(code),
    kind,
    // What is selected in the same place later is something else, and so is what is nearby then.
    id: isSelection || kind === "nearby" ? `returned-${code.label}` : (id ?? code.label),
    rank: isSelection ? "selection" : "mention",
    ...(image === undefined ? {} : { image }),
  };
}

/** A piece of a file, to be cut by its lines. */
export function selectionItem({ label, languageId, text, note, diagnostics }: CodeContext): PendingItem {
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
    ...(note === undefined ? {} : { remark: note }),
  };
}

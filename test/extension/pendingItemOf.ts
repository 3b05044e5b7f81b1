import type { PendingItem } from "../../src/extension/features/chat/mentions/pendingItem.ts";

/** A mentioned file of these parts. */
export function pendingItemOf(id: string, fields: Partial<PendingItem> = {}): PendingItem {
  return {
    id,
    kind: "file",
    rank: "mention",
    unit: "line",
    label: `${id}.ts`,
    languageId: "ts",
    diagnostics: [],
    parts: [`const ${id} = 1;\n`],
    ...fields,
  };
}

export const INSTRUCTIONS: PendingItem = pendingItemOf("agents", {
  kind: "instructions",
  rank: "instructions",
  label: "AGENTS.md",
  languageId: "markdown",
  parts: ["Use tabs.\n", "Answer in `verse`.\n"],
});

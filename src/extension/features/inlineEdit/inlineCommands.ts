import { COMMANDS } from "../../platform/contributions.ts";

/** The commands of inline edits; all but the first are for the edit of the active editor. */
export const INLINE_COMMANDS = [
  COMMANDS.inlineEdit,
  COMMANDS.acceptChange,
  COMMANDS.rejectChange,
  COMMANDS.acceptAllChanges,
  COMMANDS.rejectAllChanges,
  COMMANDS.nextChange,
  COMMANDS.previousChange,
  COMMANDS.cancelInlineEdit,
  COMMANDS.refineInlineEdit,
  COMMANDS.strongerInlineEdit,
  COMMANDS.otherModelInlineEdit,
  COMMANDS.showWaitingChanges,
] as const;

export type InlineCommand = (typeof INLINE_COMMANDS)[number];

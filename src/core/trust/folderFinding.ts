import type { HiddenSign } from "../edits/suspectText.ts";
import type { ControlKind } from "../edits/controlFiles.ts";

/** What comes of a setting that a file of the folder writes, or of a part of it. */
export interface SettingFinding {
  /** As the file writes it, or with the part behind it: `waybill.routing.workspacePolicy: deny`. */
  readonly name: string;
  /** As the file writes it. */
  readonly written: string;
  readonly verdict: "holds" | "refused";
  /** Why, as a clause without a full stop. */
  readonly why: string;
}

/** A file that could not be looked into, and why, as the end of a sentence about it: `is larger than 1 MB`. */
export interface UnreadFile {
  readonly name: string;
  readonly problem: string;
}

export interface SettingsFile {
  readonly name: string;
  readonly settings: readonly SettingFinding[];
  /** How many settings it has that are not Waybill's. */
  readonly others: number;
  /** It makes sense to VS Code in parts only. */
  readonly isBroken: boolean;
  /** When it counts at all, where that is not always. */
  readonly when?: string;
  /** Tasks of it that VS Code may start when the folder is opened. */
  readonly tasksOnOpen: readonly string[];
}

export interface InstructionsFile {
  readonly name: string;
  readonly text: string;
  readonly signs: readonly HiddenSign[];
}

export interface IgnoreFile {
  readonly name: string;
  /** Lines that are neither empty nor a remark. */
  readonly rules: number;
}

/** Everything a folder brings that could change what Waybill does, or what tools do beside it. */
export interface FolderFinding {
  readonly name: string;
  readonly settings: readonly SettingsFile[];
  readonly instructions: readonly InstructionsFile[];
  readonly ignoreFiles: readonly IgnoreFile[];
  readonly controlFiles: readonly { readonly name: string; readonly kind: ControlKind }[];
  readonly linksOut: readonly string[];
  readonly unread: readonly UnreadFile[];
  /** It has more files than were looked at. */
  readonly isCutShort: boolean;
}

import type { EditRow } from "./editRow.ts";

/** One place of a file that an answer changes. */
export interface EditPiece {
  /** The ways its text can be read; nearly always one. */
  readonly readings: readonly (readonly EditRow[])[];
  /** The line it says it begins at, counted from 0; often wrong in what models write. */
  readonly line?: number | undefined;
  /** Lines that stand above the place, outermost first. */
  readonly anchors: readonly string[];
  /** It says that its last line is the last one of the file. */
  readonly isAtEnd?: boolean | undefined;
}

export type FileChange =
  /** A whole file or a part of it; which of the two only the document tells. */
  | { readonly kind: "code"; readonly lines: readonly string[] }
  /** `isOrdered`: the pieces follow each other in the file, as they do in a diff. */
  | {
      readonly kind: "pieces";
      readonly pieces: readonly EditPiece[];
      readonly isOrdered: boolean;
      /** What a diff says of the end of the file; `undefined` when it says nothing. */
      readonly finalNewline?: boolean | undefined;
    }
  /** A file that is not there yet. */
  | { readonly kind: "create"; readonly lines: readonly string[]; readonly finalNewline: boolean }
  | { readonly kind: "delete" };

/** `truncated`: the answer ended inside it. `malformed`: it breaks its own format. Neither is ever applied. */
export type EditFault = "truncated" | "malformed";

/** What an answer would do to one file. */
export interface FileEdit {
  /** As the answer names it, with `/`; `undefined` when it does not. */
  readonly path: string | undefined;
  /** The file's new name, where it gets one. */
  readonly newPath?: string | undefined;
  readonly change: FileChange;
  readonly fault?: EditFault | undefined;
}

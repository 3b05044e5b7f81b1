/**
 * What the chat view asks about an answer's code, paths and symbols, and what the host tells. The page is untrusted: it names them
 * as the answer wrote them, never a document, a folder or a command; the host looks everything up anew.
 */

/** `insert`: at the cursor. `apply`: shown as a diff of the active file. `terminal`: pasted without Enter. */
export const CODE_ACTIONS = ["insert", "apply", "new-file", "terminal"] as const;

export type CodeAction = (typeof CODE_ACTIONS)[number];

/** Texts that one `resolve-names` may ask about. */
export const MAX_NAME_CANDIDATES = 50;

export type FromAnswer =
  | {
      readonly type: "code-action";
      readonly action: CodeAction;
      /** The answer that the code is of. */
      readonly messageId: string;
      readonly code: string;
      /** What stands behind the fence, for instance `ts`; may be empty. */
      readonly languageId: string;
    }
  /** Which of these texts, for instance `src/invoice.ts:12` or `parseLine`, name files or symbols of the workspace? */
  | {
      readonly type: "resolve-names";
      readonly requestId: number;
      readonly messageId: string;
      readonly candidates: string[];
    }
  /** How many files does the answer change? */
  | { readonly type: "count-files"; readonly messageId: string }
  /** Shows what the answer does to all files that it names as one change. */
  | { readonly type: "apply-answer"; readonly messageId: string }
  /** `path`: a candidate that was found. */
  | { readonly type: "open-path"; readonly path: string }
  /** `name`: a candidate that was found. */
  | { readonly type: "open-symbol"; readonly name: string };

export type AnswerChange =
  /** The candidates of the request that name files, and those of the others that name symbols. */
  | {
      readonly kind: "names-resolved";
      readonly requestId: number;
      readonly files: readonly string[];
      readonly symbols: readonly string[];
    }
  /** `count`: the files that the answer names and would change. */
  | { readonly kind: "files-counted"; readonly messageId: string; readonly count: number };

/**
 * What the chat view asks about an answer's code and paths, and what the host tells. The page is untrusted: it names code and
 * paths as the answer wrote them, never a document, a folder or a command; the host looks everything up anew.
 */

/** `insert`: at the cursor. `apply`: shown as a diff of the active file. `terminal`: pasted without Enter. */
export const CODE_ACTIONS = ["insert", "apply", "new-file", "terminal"] as const;

export type CodeAction = (typeof CODE_ACTIONS)[number];

/** Paths that one `resolve-paths` may ask about. */
export const MAX_PATH_CANDIDATES = 50;

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
  /** Which of these texts, for instance `src/invoice.ts:12`, name files of the workspace? */
  | {
      readonly type: "resolve-paths";
      readonly requestId: number;
      readonly messageId: string;
      readonly candidates: string[];
    }
  /** `path`: a candidate that was found. */
  | { readonly type: "open-path"; readonly path: string };

/** `found`: the candidates of the request that name files. */
export interface AnswerChange {
  readonly kind: "paths-resolved";
  readonly requestId: number;
  readonly found: readonly string[];
}

/** What a check says of a complete answer. The lesson follows the words `The answer`, for instance `was empty`. */
export type CheckVerdict = { readonly kind: "passed" } | { readonly kind: "failed"; readonly lesson: string };

export const PASSED: CheckVerdict = { kind: "passed" };

export function failed(lesson: string): CheckVerdict {
  return { kind: "failed", lesson };
}

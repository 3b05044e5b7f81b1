/**
 * What happens when the chosen model does not fit a limit: the person is `ask`ed, cheaper ones are tried (`downgrade`), or the
 * request is refused (`block`). From the first to the last each lets less through without the person's doing.
 */
export const EXCEED_POLICIES = ["ask", "downgrade", "block"] as const;

export type ExceedPolicy = (typeof EXCEED_POLICIES)[number];

/** The stricter of the two. */
export function tightestExceedPolicy(own: ExceedPolicy, other: ExceedPolicy): ExceedPolicy {
  return EXCEED_POLICIES.indexOf(other) > EXCEED_POLICIES.indexOf(own) ? other : own;
}

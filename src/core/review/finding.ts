/** How much a finding matters: it breaks something; it may; it could be better. */
export type FindingSeverity = "problem" | "warning" | "note";

/** What a reviewer found, as far as it could be read. */
export interface Finding {
  readonly file: string;
  /** From 1, on the new side; the last one is part of it. */
  readonly line: number;
  readonly endLine: number;
  readonly severity: FindingSeverity;
  readonly sentence: string;
  /** The lines as the reviewer read them. */
  readonly original?: string;
  /** What would stand in their place. */
  readonly replacement?: string;
}

import type { RowFilter, RowKind } from "./spendRow.ts";
import { describeRange } from "./reportPeriod.ts";
import type { SpendDimension } from "./spendSums.ts";

/** How a dimension's value is called. A workspace is a URI, of which the last part is enough beside the whole. */
export function describeValue(
  dimension: SpendDimension,
  value: string,
): { readonly name: string; readonly title?: string } {
  if (value === "") return { name: dimension === "workspace" ? "removed or not known" : "not known" };
  if (dimension !== "workspace") return { name: value };
  if (value === "no-workspace") return { name: "no workspace" };
  const last = value.replace(/\/+$/, "").split("/").at(-1) ?? value;
  return { name: decode(last), title: value };
}

const KINDS: Readonly<Record<RowKind, string>> = {
  stopped: "stopped but billed",
  accepted: "accepted answers",
  cached: "with cached prompt tokens",
  billed: "billed",
  reconciled: "reconciled",
  estimated: "estimated",
  unknown: "cost unknown",
};

/** What a list of rows is of, for instance `model a/b, stopped but billed, 2026-11-20`. */
export function describeFilter({ by, kind, sequence, ...range }: RowFilter): string {
  if (sequence !== undefined) return `one request, ${describeRange(range)}`;
  return [
    ...(by === undefined ? [] : [`${by.dimension} ${describeValue(by.dimension, by.value).name}`]),
    ...(kind === undefined ? [] : [KINDS[kind]]),
    describeRange(range),
  ].join(", ");
}

/** A `%` may be there without an escape. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

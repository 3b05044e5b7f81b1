export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** The value that the share (0 to 1) of the values does not exceed, interpolated between neighbours. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((left, right) => left - right);
  const position = (sorted.length - 1) * share;
  const lower = sorted[Math.floor(position)];
  const upper = sorted[Math.ceil(position)];
  if (lower === undefined || upper === undefined) throw new RangeError("Nothing was measured");
  return lower + (upper - lower) * (position - Math.floor(position));
}

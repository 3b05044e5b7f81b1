/** A share of 0 to 1 as whole percent, for instance `83%`. */
export function formatPercent(share: number): string {
  return `${Math.round(share * 100)}%`;
}

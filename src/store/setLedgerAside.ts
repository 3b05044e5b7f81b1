import { existsSync, renameSync } from "node:fs";

/**
 * Renames a damaged ledger and its helper files, so that the next opening starts a new one from the journal. Nothing is
 * deleted. Answers the new path.
 */
export function setLedgerAside(path: string, nowMs: number): string {
  const stamp = new Date(nowMs).toISOString().replace(/[:.]/g, "-");
  const aside = `${path}.damaged-${stamp}`;
  for (const suffix of ["", "-wal", "-shm", "-journal"]) {
    if (existsSync(`${path}${suffix}`)) renameSync(`${path}${suffix}`, `${aside}${suffix}`);
  }
  return aside;
}

import { createHash } from "node:crypto";
import { zipFiles } from "../zipEntries.ts";

export function sha256(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** What differs between two packages of the same sources, file by file; one sentence when only the archive itself does. */
export function rebuildProblems(archive: Buffer, again: Buffer): string[] {
  if (archive.equals(again)) return [];
  const [first, second] = [zipFiles(archive), zipFiles(again)];
  const names = new Set([...first.keys(), ...second.keys()]);
  const different = [...names].toSorted().filter((name) => !equalBytes(first.get(name), second.get(name)));
  if (different.length === 0)
    return ["Packed a second time, the archive has other dates, permissions or another order."];
  return different.map((name) => `${name} is different when it is built a second time elsewhere.`);
}

function equalBytes(one: Buffer | undefined, other: Buffer | undefined): boolean {
  return one !== undefined && other !== undefined && one.equals(other);
}

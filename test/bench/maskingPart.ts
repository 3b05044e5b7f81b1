import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { SecretVault } from "../../src/core/secrets/secretVault.ts";
import { repositoryFolder } from "../setup/repositoryFolders.ts";
import type { BenchReport } from "./benchReport.ts";
import { median } from "./percentile.ts";

const CODE_CHARACTERS = 1_000_000;
const LINE_CHARACTERS = 10_000_000;
const ROUNDS = 7;

/** What looking for secrets adds to a request, by the text that goes along. */
export async function measureMasking(): Promise<BenchReport> {
  const code = someCode();
  const vault = new SecretVault("b3nc");
  const first = timeRounds(() => new SecretVault("b3nc").mask(code));
  vault.mask(code);
  const again = timeRounds(() => vault.mask(code));
  const line = "const value = 0x1f3a, other = 'plain words'; ".repeat(LINE_CHARACTERS / 45).slice(0, LINE_CHARACTERS);
  const long = timeRounds(() => new SecretVault("b3nc").mask(line));
  return {
    figures: [
      { what: "Looking for secrets in 1 MB of code, first time", value: first, unit: "ms" },
      { what: "… the same text again, as with each further question of a chat", value: again, unit: "ms" },
      { what: "… in one line of 10 MB", value: long, unit: "ms" },
    ],
    notes: [
      `Secrets: the sources of this repository, joined and cut at 1 MB; the median of ${ROUNDS} rounds, each with a vault of its own but for the second row.`,
    ],
  };
}

function timeRounds(work: () => unknown): number {
  const times = Array.from({ length: ROUNDS }, () => {
    const startedMs = performance.now();
    work();
    return performance.now() - startedMs;
  });
  return median(times);
}

function someCode(): string {
  const files = globSync("src/**/*.ts", { cwd: repositoryFolder }).toSorted();
  const text = files.map((file) => readFileSync(join(repositoryFolder, file), "utf8")).join("\n");
  return text.slice(0, CODE_CHARACTERS);
}

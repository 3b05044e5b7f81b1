import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { transformSync } from "esbuild";
import { ODD_TEXTS } from "./oddTexts.ts";
import { type Random, seededRandom } from "./seededRandom.ts";

/** A prompt of the corpus. */
export interface CorpusPrompt {
  /** `mixed` when it is put together from several. */
  readonly kind: string;
  readonly text: string;
}

/** The halves share no text: rates are fitted on one and judged on the other. */
export type CorpusHalf = "training" | "held-out";

const REPOSITORY = join(import.meta.dirname, "../../..");
const SHORTEST = 40;
const LONGEST = 4_000;
const MIXED_SHARE = 0.3;
const SEEDS: Readonly<Record<CorpusHalf, number>> = { training: 11, "held-out": 22 };

/** Slices of texts of all kinds, each kind as often as any other, and mixtures of them. The same for the same arguments. */
export function corpusPrompts(half: CorpusHalf, count: number): readonly CorpusPrompt[] {
  const random = seededRandom(SEEDS[half]);
  const sources = corpusSources(half);
  return Array.from({ length: count }, () => {
    if (random() >= MIXED_SHARE) return slice(sources, random);
    const parts = Array.from({ length: 2 + Math.floor(random() * 3) }, () => slice(sources, random).text);
    return { kind: "mixed", text: parts.join(random() < 0.5 ? "\n\n" : "\n```\n") };
  });
}

type Source = (random: Random, length: number) => string;

/** By kind: ordinary texts, of which slices are cut, and texts made by chance. */
function corpusSources(half: CorpusHalf): readonly (readonly [string, Source])[] {
  const texts = [...sections("prose"), ...sections("code"), ...sections("records"), ...ownTexts()];
  const cut = texts.map(([kind, whole]): [string, Source] => {
    const text = halfOf(whole, half);
    return [kind, (random, length) => cutOut(text, random, length)];
  });
  return [...cut, ...Object.entries(ODD_TEXTS)];
}

function slice(sources: readonly (readonly [string, Source])[], random: Random): CorpusPrompt {
  const [kind, source] = sources[Math.floor(random() * sources.length)] ?? ["none", () => ""];
  const length = Math.round(SHORTEST * (LONGEST / SHORTEST) ** random());
  return { kind, text: source(random, length) };
}

function cutOut(text: string, random: Random, length: number): string {
  const start = Math.floor(random() * Math.max(1, text.length - length));
  return text.slice(start, start + length);
}

function halfOf(text: string, half: CorpusHalf): string {
  const middle = Math.floor(text.length / 2);
  return half === "training" ? text.slice(0, middle) : text.slice(middle);
}

/** The texts of a file, each under a line `=== kind`. */
function sections(name: string): readonly (readonly [string, string])[] {
  const file = readFileSync(join(import.meta.dirname, "corpus", `${name}.txt`), "utf8");
  return file
    .split(/^=== /m)
    .slice(1)
    .map((section) => {
      const end = section.indexOf("\n");
      return [section.slice(0, end), section.slice(end + 1)];
    });
}

/** What this repository holds itself. */
function ownTexts(): readonly (readonly [string, string])[] {
  return [
    ["typescript", joined("src/core/**/*.ts")],
    ["typescript tests", joined("test/core/routing/*.ts")],
    ["markdown", joined("docs/*.md")],
    ["json", joined("{package,knip,tsconfig.base}.json")],
    ["csv", joined("test/bench/routing/*.csv")],
    ["css", joined("src/webview/**/styles/*.ts")],
    ["minified", minify(joined("src/{turn,store,gateway}/*.ts"))],
  ];
}

function joined(pattern: string): string {
  return globSync(pattern, { cwd: REPOSITORY })
    .toSorted()
    .map((file) => readFileSync(join(REPOSITORY, file), "utf8"))
    .join("\n");
}

/** The imports go, since names that are imported twice would not compile. */
function minify(typescript: string): string {
  const blocks = typescript.split(/^(?=export )/m).map((block) => block.replaceAll(/^import [^;]*;$/gm, ""));
  return blocks
    .flatMap((block) => {
      try {
        return [transformSync(block, { loader: "ts", minify: true }).code.trim()];
      } catch {
        // A piece of a file that does not stand alone.
        return [];
      }
    })
    .join("");
}

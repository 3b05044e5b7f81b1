import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { IGNORE_FILE_NAMES } from "../../src/core/context/ignoreFileNames.ts";

/** A file whose text must not leave, and what a refusal to send it says. */
export interface KeptFile {
  readonly path: string;
  readonly reason: RegExp;
}

/** In every text that must not leave. No other text holds it. */
export const CANARY = "canary-Kq7f2";
/** In every text that may. */
export const OPEN = "open-words";

const IN_BUILT_IN_RULES = [
  ".env",
  "Upper/.ENV.Local",
  "certs/site.key",
  "certs/SITE.PEM",
  "home/.ssh/config",
  "home/.aws/credentials",
  "home/.kube/config",
  "home/.docker/config.json",
  ".npmrc",
  "infra/prod.tfstate",
  "svc/my-service-account.json",
  "android/release.keystore",
  ".bash_history",
  ".git/COMMIT_EDITMSG",
] as const;

/** Made to be sent, and stands right beside what is not. */
export const FREE_FILES = ["src/free.ts", ".env.example", "deep/inner/free.ts", "rules/0/free.ts", "links/free.ts"];

/**
 * Files in a folder that a hostile or a careless hand has made: every file of rules, rules in rules, rules that want to take
 * others back, links out and in, names in other cases. `outside` belongs to somebody else.
 */
export function writeKeptFiles(folder: string, outside: string): readonly KeptFile[] {
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const link = (path: string, to: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    symlinkSync(to, join(folder, path));
  };
  const kept: KeptFile[] = [];
  const keep = (path: string, reason: RegExp) => {
    write(path, codeWith(CANARY));
    kept.push({ path, reason });
  };
  const keepLink = (path: string, to: string, reason: RegExp) => {
    link(path, to);
    kept.push({ path, reason });
  };
  for (const path of IN_BUILT_IN_RULES) keep(path, /built-in rule/);
  for (const [index, name] of IGNORE_FILE_NAMES.entries()) {
    write(`rules/${index}/${name}`, "kept.ts\nall/\n!.env\n");
    keep(`rules/${index}/kept.ts`, ignoredBy(`rules/${index}/${name}`));
    keep(`rules/${index}/all/in/it.ts`, ignoredBy(`rules/${index}/${name}`));
    keep(`rules/${index}/.env`, /built-in rule/);
    write(`rules/${index}/free.ts`, codeWith(OPEN));
  }
  write(".cursorignore", "/notes/\n");
  write(".waybillignore", "!*\n!**\n!notes/\n!notes/**\n!.env\n!*.key\n");
  write("notes/.aiignore", "!*\n");
  keep("notes/plan.ts", ignoredBy(".cursorignore"));
  write("deep/.geminiignore", "inner/*.ts\n!inner/free.ts\n");
  keep("deep/inner/kept.ts", ignoredBy("deep/.geminiignore"));
  for (const path of ["deep/inner/free.ts", "src/free.ts", ".env.example"]) write(path, codeWith(OPEN));
  mkdirSync(join(outside, "private"), { recursive: true });
  for (const path of ["words.ts", "private/words.ts"]) writeFileSync(join(outside, path), codeWith(CANARY));
  keepLink("links/out.ts", join(outside, "words.ts"), /a link out of the workspace/);
  link("links/folder", join(outside, "private"));
  kept.push({ path: "links/folder/words.ts", reason: /a link out of the workspace/ });
  keepLink("links/harmless.ts", join(folder, ".env"), /a link to what is likely to hold secrets/);
  keepLink("links/noted.ts", join(folder, "notes/plan.ts"), ignoredBy(".cursorignore"));
  keepLink("links/chain.ts", join(folder, "links/out.ts"), /a link out of the workspace/);
  link("links/notes", join(folder, "notes"));
  kept.push({ path: "links/notes/plan.ts", reason: ignoredBy(".cursorignore") });
  link("links/free.ts", join(folder, "src/free.ts"));
  return kept;
}

/** Valid in most languages, with a name to look up and a problem to report. */
function codeWith(word: string): string {
  return `export function told() {\n  return "${word}";\n}\n`;
}

function ignoredBy(path: string): RegExp {
  return new RegExp(`is ignored by \\S*${path.replaceAll(".", String.raw`\.`)}`);
}

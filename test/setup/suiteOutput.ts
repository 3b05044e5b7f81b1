// Loaded with `mocha --require`: nothing that the code under test writes to the console, to standard error or as a warning
// may hold a key, an account id or a question. Looked at once all tests have run.
import { format } from "node:util";
import { ACCOUNT_PATTERNS, describeLoggedSecrets, findSecrets, textPatterns } from "./loggedSecrets.ts";

/** What tests ask in plain Node. A question that none of them asks cannot be found. */
const QUESTIONS = [
  "Explain what this function does",
  "Remember every word of this.",
  "What is a closure?",
  "what is a closure?",
  "Tell nobody about the purple walrus.",
];

const METHODS = ["debug", "info", "log", "warn", "error", "trace", "dir"] as const;

const written: string[] = [];

for (const method of METHODS) {
  const original = console[method].bind(console);
  console[method] = (...parameters: unknown[]) => {
    written.push(format(...parameters));
    original(...parameters);
  };
}

const writeError = process.stderr.write.bind(process.stderr);
process.stderr.write = (chunk: string | Uint8Array, ...rest: never[]) => {
  written.push(typeof chunk === "string" ? chunk : Buffer.from(chunk).toString());
  return writeError(chunk, ...rest);
};

process.on("warning", (warning) => written.push(warning.stack ?? warning.message));

export const mochaHooks = {
  afterAll(): void {
    const patterns = [...ACCOUNT_PATTERNS, ...textPatterns("a question", QUESTIONS)];
    const found = findSecrets("output of the tests", written.join("\n"), patterns);
    if (found.length > 0) throw new Error(describeLoggedSecrets(found));
  },
};

import { type LogOutputChannel, window } from "vscode";
import { WaybillError } from "../../core/errors/waybillError.ts";
import type { LoggedCode } from "../../core/diagnostics/diagnosticsReport.ts";
import { KeyRedactor } from "../../core/text/keyRedactor.ts";

const LONGEST_FIELD = 80;

/** So many codes are remembered for a report. */
const REMEMBERED_CODES = 20;

/** What may stand in a log line. No field can hold a prompt, an answer, a key, a header or a body. */
interface LogFields {
  readonly turnId?: string;
  readonly model?: string;
  readonly provider?: string;
  readonly taskType?: string;
  readonly costNanoUsd?: number;
  readonly costSource?: string;
  readonly finish?: string;
  readonly code?: string;
  readonly status?: number;
  readonly durationMs?: number;
  readonly count?: number;
  readonly setting?: string;
}

export interface Log {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  /** Tells the code of an error and of what caused it, never their messages. */
  error(event: string, error: unknown): void;
  /** From now on no line has this key in it, whatever led it there. */
  keepOut(key: string): void;
  /** A text without the keys that are kept out of the log. */
  redact(text: string): string;
  /** The codes of the last errors, the newest last. */
  recentCodes(): readonly LoggedCode[];
  show(): void;
  dispose(): void;
}

export function createLog(): Log {
  const channel: LogOutputChannel = window.createOutputChannel("Waybill", { log: true });
  const keys = new Set<string>();
  const codes: LoggedCode[] = [];
  const redact = (text: string) => {
    const redactor = new KeyRedactor([...keys]);
    return redactor.push(text) + redactor.end();
  };
  // Before the field is clamped, which may change signs of a key, and once more where pieces of it may have met.
  const clamped = (text: string) => clamp(redact(text));
  const line = (event: string, fields: LogFields) => redact(formatLine(event, fields, clamped));
  return {
    info: (event, fields = {}) => channel.info(line(event, fields)),
    warn: (event, fields = {}) => channel.warn(line(event, fields)),
    error: (event, error) => {
      channel.error(redact(`${event} ${describeChain(error, clamped)}`));
      const code = describeChain(error, plainWord).replaceAll(/ at \S+/g, "");
      codes.push({ atMs: Date.now(), event: clamped(event), code: redact(code) });
      if (codes.length > REMEMBERED_CODES) codes.shift();
    },
    keepOut: (key) => void keys.add(key),
    redact,
    recentCodes: () => [...codes],
    show: () => channel.show(),
    dispose: () => channel.dispose(),
  };
}

function formatLine(event: string, fields: LogFields, clamped: (text: string) => string): string {
  const pairs = Object.entries(fields).map(([name, value]) => `${name}=${clamped(String(value))}`);
  return [event, ...pairs].join(" ");
}

/** What is foreign in a field, such as the name of a provider, keeps to these signs; a mask of ours may stay. */
function clamp(text: string): string {
  return text.replaceAll(/[^\w.:/•-]/g, "_").slice(0, LONGEST_FIELD);
}

/** A class or a code that is no plain word may be anything, for instance a path; a report is not to have it. */
function plainWord(text: string): string {
  return /^[\w-]{1,60}$/.test(text) ? text : "other";
}

/** Class and code of each link of the chain, with the place in our code where it was thrown. */
function describeChain(error: unknown, clamped: (text: string) => string): string {
  const links: string[] = [];
  for (let current = error, depth = 0; current instanceof Error && depth < 5; depth += 1) {
    const code = codeOf(current);
    links.push(`${clamped(current.name)}${code === "" ? "" : `(${clamped(code)})`}${placeOf(current, clamped)}`);
    current = current.cause;
  }
  return links.length === 0 ? "unknown" : links.join(" <- ");
}

function codeOf(error: Error): string {
  if (error instanceof WaybillError) return error.code;
  return "code" in error && (typeof error.code === "string" || typeof error.code === "number")
    ? String(error.code)
    : "";
}

function placeOf(error: Error, clamped: (text: string) => string): string {
  const place = /\bat (?:async )?([\w.#<>]+) /.exec(error.stack ?? "")?.[1];
  return place === undefined ? "" : ` at ${clamped(place)}`;
}

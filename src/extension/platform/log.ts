import { type LogOutputChannel, window } from "vscode";
import { WaybillError } from "../../core/errors/waybillError.ts";
import { KeyRedactor } from "../../core/text/keyRedactor.ts";

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
  show(): void;
  dispose(): void;
}

export function createLog(): Log {
  const channel: LogOutputChannel = window.createOutputChannel("Waybill", { log: true });
  const keys = new Set<string>();
  const redact = (line: string) => {
    const redactor = new KeyRedactor([...keys]);
    return redactor.push(line) + redactor.end();
  };
  return {
    info: (event, fields = {}) => channel.info(redact(formatLine(event, fields))),
    warn: (event, fields = {}) => channel.warn(redact(formatLine(event, fields))),
    error: (event, error) => channel.error(redact(`${event} ${describeChain(error)}`)),
    keepOut: (key) => void keys.add(key),
    show: () => channel.show(),
    dispose: () => channel.dispose(),
  };
}

function formatLine(event: string, fields: LogFields): string {
  const pairs = Object.entries(fields).map(([name, value]) => `${name}=${String(value)}`);
  return [event, ...pairs].join(" ");
}

/** Class and code of each link of the chain, with the place in our code where it was thrown. */
function describeChain(error: unknown): string {
  const links: string[] = [];
  for (let current = error, depth = 0; current instanceof Error && depth < 5; depth += 1) {
    links.push(`${current.name}${codeOf(current)}${placeOf(current)}`);
    current = current.cause;
  }
  return links.length === 0 ? "unknown" : links.join(" <- ");
}

function codeOf(error: Error): string {
  if (error instanceof WaybillError) return `(${error.code})`;
  return "code" in error && (typeof error.code === "string" || typeof error.code === "number") ? `(${error.code})` : "";
}

function placeOf(error: Error): string {
  const place = /\bat (?:async )?([\w.#<>]+) /.exec(error.stack ?? "")?.[1];
  return place === undefined ? "" : ` at ${place}`;
}

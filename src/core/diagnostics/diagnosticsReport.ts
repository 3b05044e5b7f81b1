/** A code that the log told. */
export interface LoggedCode {
  readonly atMs: number;
  /** For instance `catalog-not-refreshed`. */
  readonly event: string;
  /** Classes and codes of an error and of what caused it, never their messages. */
  readonly code: string;
}

/** A store of this machine: how much is in it, or the code that says why nobody can know. */
export type StoreReport =
  | { readonly kind: "usable"; readonly counts: readonly RoughCount[] }
  | { readonly kind: "none" }
  | { readonly kind: "failed"; readonly code: string };

export interface RoughCount {
  readonly what: string;
  readonly count: number;
}

/** What may be told to whoever mends Waybill. There is no field for a path, an address, a text, a value or a key. */
export interface DiagnosticsReport {
  readonly versions: { readonly waybill: string; readonly editor: string; readonly node: string };
  /** For instance `linux x64`. */
  readonly system: string;
  readonly screen: "desktop" | "browser";
  /** The way to another machine, for instance `ssh-remote`. */
  readonly remote: string | undefined;
  readonly isTrusted: boolean;
  readonly gateway: "openrouter" | "another" | "this machine" | "makes no sense";
  /** `host` or `direct`, or the code that says why there is none. */
  readonly transport: string;
  readonly key: "none" | "present" | "unreadable" | "session-only" | "unclear";
  readonly ledger: StoreReport;
  readonly outbox: StoreReport;
  readonly chats: StoreReport;
  /** Names of the settings that differ from their defaults. */
  readonly changedSettings: readonly string[];
  /** Names of those that make no sense. */
  readonly invalidSettings: readonly string[];
  readonly codes: readonly LoggedCode[];
}

/** The ways to another machine that are told by name; others may have a host in it. */
const REMOTE_KINDS: readonly string[] = [
  "ssh-remote",
  "dev-container",
  "attached-container",
  "wsl",
  "codespaces",
  "tunnel",
];

/** `undefined` on this machine. */
export function remoteKind(name: string | undefined): string | undefined {
  return name === undefined || REMOTE_KINDS.includes(name) ? name : "another";
}

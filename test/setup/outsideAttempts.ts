/** A try to reach a host that is not this machine. It was refused. */
export interface OutsideAttempt {
  /** `host` or `host:port`, without path, query or credentials. */
  readonly target: string;
  readonly madeBy: "browser" | "server" | "proxy";
}

/**
 * Attempts that are refused like all others and are no failure of a test. Names under `.invalid` exist nowhere (RFC 6761), and
 * tests ask for them on purpose. The others are VS Code's own: with the settings of a test it tries nothing, but a window that
 * cannot read them at once (seen where two windows end and begin together) starts with its defaults.
 */
const IGNORED_TARGETS: readonly RegExp[] = [
  /\.invalid(:\d+)?$/,
  /^copilot-telemetry\.githubusercontent\.com(:\d+)?$/,
  /^default\.exp-tas\.com(:\d+)?$/,
  /^main\.vscode-cdn\.net(:\d+)?$/,
  /^mobile\.events\.data\.microsoft\.com(:\d+)?$/,
  /\.in\.applicationinsights\.azure\.com(:\d+)?$/,
  // Where its telemetry looks for the cloud it runs in.
  /^169\.254\.169\.254(:\d+)?$/,
];

/** Whether a host name or address means this machine. Unix sockets and empty names do. */
export function isLoopbackHost(host: string): boolean {
  const name = host.replace(/^\[|\]$/g, "").toLowerCase();
  return (
    name === "" ||
    name === "localhost" ||
    name.endsWith(".localhost") ||
    name === "::1" ||
    name === "0.0.0.0" ||
    /^(::ffff:)?127\.\d+\.\d+\.\d+$/.test(name)
  );
}

/** The attempts that a test run has to answer for: each target once, without what VS Code is known to try by itself. */
export function blameworthy(attempts: readonly OutsideAttempt[]): string[] {
  const lines = attempts
    .filter(({ target }) => !IGNORED_TARGETS.some((pattern) => pattern.test(target)))
    .map(({ target, madeBy }) => `${target} (${madeBy})`);
  return [...new Set(lines)].toSorted();
}

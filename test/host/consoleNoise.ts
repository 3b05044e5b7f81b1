/** Lines VS Code writes into the console of a test run by itself, and that say nothing about the tests. */
const NOISE: readonly RegExp[] = [
  /^(Resolving|Resolved) connection token/,
  /^Creating a socket /,
  /^\[(reconnection-grace-time|Service Worker|AccountPolicyGate|AgentHost[^\]]*)\]/,
  /^(Ignoring fetching|Updating) additional builtin extensions/,
  // The server runs without its native modules: the log writer and the watchdog.
  /Could not locate the bindings file/,
  /Cannot find module '\.\/build\/Release\/watchdog'/,
  /^Timed out waiting for authentication provider/,
];

/** Whether a line of the console comes from VS Code itself. */
export function isNoise(line: string): boolean {
  return NOISE.some((pattern) => pattern.test(line));
}

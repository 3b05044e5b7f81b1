const MASK = "•••";

/** What is a secret by its own form. Sources: the services' documentation of their keys. */
const SECRETS: readonly RegExp[] = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[^]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
  /\bsk-(?:or-v\d+-|ant-|proj-)?[\w-]{16,}/g,
  /\b(?:gh[pousr]_\w{20,}|github_pat_\w{20,}|glpat-[\w-]{20,})/g,
  /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g,
  /\bxox[abeprs]-[\w-]{10,}/g,
  /\bAIza[\w-]{35}/g,
  /\b(?:npm_\w{36}|pypi-[\w-]{32,}|[rs]k_(?:live|test)_\w{16,})/g,
  /\beyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]*/g,
];

/** What follows a name that says so, up to the next blank or quotation mark. */
const NAMED =
  /(\b[\w.-]*(?:password|passwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credential)s?["']?\s*[=:]\s*["']?)(?!•)([^\s"',;]{4,})/gi;
const AUTHORIZATION = /(\bauthorization["']?\s*[:=]\s*["']?(?:(?:bearer|basic|token)\s+)?)([^\s"']{6,})/gi;
const FLAG = /(\s--?(?:password|passwd|pass|token|secret|api-key)[=\s]+)([^\s"'-][^\s"']*)/gi;
const IN_ADDRESS = /(\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@]*:)([^\s/@]+)(@)/gi;

/** The text without what looks like keys, tokens and passwords. Not all can be known by their form. */
export function maskSecrets(text: string): string {
  const masked = SECRETS.reduce((left, pattern) => left.replaceAll(pattern, MASK), text);
  return masked
    .replaceAll(AUTHORIZATION, `$1${MASK}`)
    .replaceAll(NAMED, `$1${MASK}`)
    .replaceAll(FLAG, `$1${MASK}`)
    .replaceAll(IN_ADDRESS, `$1${MASK}$3`);
}

interface SecretKind {
  readonly what: string;
  readonly pattern: RegExp;
}

/** What must never be published: keys by their forms, and what tells of the machine that packed. */
const KINDS: readonly SecretKind[] = [
  { what: "a private key", pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----/ },
  { what: "a key of a model service", pattern: /\bsk-(?:or-v\d+-|ant-|proj-)?[A-Za-z0-9_-]{16,}/ },
  { what: "a token of GitHub", pattern: /\b(?:gh[pousr]_\w{20,}|github_pat_\w{20,})/ },
  { what: "a token of GitLab", pattern: /\bglpat-[\w-]{20,}/ },
  { what: "a key of AWS", pattern: /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/ },
  { what: "a token of Slack", pattern: /\bxox[abeprs]-[\w-]{10,}/ },
  { what: "a key of Google", pattern: /\bAIza[\w-]{35}/ },
  { what: "a token of a registry", pattern: /\b(?:npm_\w{36}|pypi-[\w-]{32,})/ },
  { what: "a key of Stripe", pattern: /\b[rs]k_(?:live|test)_\w{16,}/ },
  { what: "a signed token", pattern: /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]+/ },
  {
    what: "a token to publish with",
    pattern: /\b(?:VSCE_PAT|OVSX_PAT)\s*[=:]\s*["']?\w{8,}|\b[a-z2-7]{52}\b|\bovsxat_[\w-]{16,}/,
  },
  {
    what: "a password in an address",
    pattern: /\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@"'`$\\{}<>]+:[^\s/@"'`$\\{}<>]+@[a-z0-9]/i,
  },
  {
    what: "a folder of the machine that packed",
    pattern: /(?:\/home\/|\/Users\/|\/root\/|C:\\\\?Users\\\\?)(?!me\b|USER\b)[\w.-]+[\\/]/,
  },
  { what: "a source map", pattern: /[#@]\s*sourceMappingURL=/ },
];

/** One sentence for each thing in a packed file that must never be published. The thing itself is not repeated. */
export function packedSecrets(file: string, text: string): string[] {
  return KINDS.filter(({ pattern }) => pattern.test(text)).map(({ what }) => `${file} holds ${what}.`);
}

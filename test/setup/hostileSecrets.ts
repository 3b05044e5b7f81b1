/** Letters and digits that no scanner takes for a secret where they stand here. */
function signs(length: number, alphabet = "a1B2c3D4e5F6g7H8j9K0"): string {
  return alphabet.repeat(Math.ceil(length / alphabet.length)).slice(0, length);
}

const hex = (length: number): string => signs(length, "0f1e2d3c4b5a6978");
const upper = (length: number): string => signs(length, "Q2W3E4R5T6Y7U8P9");

/** Put together at run time, so that the repository itself holds nothing that looks like a secret. */
function join(...parts: readonly string[]): string {
  return parts.join("");
}

/** Thirty kinds of secrets, none of which was ever one, by the names of their kinds. */
export function hostileSecrets(): Readonly<Record<string, string>> {
  const begin = (kind: string) => join("-----BEGIN ", kind, " KEY-----\n", signs(64), "\n-----END ", kind, " KEY-----");
  return {
    openRouter: join("sk-", "or-v1-", hex(64)),
    openAi: join("sk-", "proj-", signs(48)),
    anthropic: join("sk-", "ant-api03-", signs(93), "AA"),
    gitHubClassic: join("gh", "p_", signs(36)),
    gitHubFine: join("github", "_pat_", signs(22), "_", signs(59)),
    gitHubApp: join("gh", "s_", signs(36)),
    gitLab: join("gl", "pat-", signs(20)),
    awsId: join("AK", "IA", upper(16)),
    awsSecret: join("aws_secret_access", "_key=", signs(40)),
    googleApi: join("AI", "za", signs(35)),
    googleOauth: join("GOC", "SPX-", signs(28)),
    slackBot: join("xo", "xb-", "1234567890-1234567890-", signs(24)),
    slackHook: join("https://hooks.", "slack.com/services/T0000/B0000/", signs(24)),
    stripe: join("sk_", "live_", signs(24)),
    stripeHook: join("wh", "sec_", signs(32)),
    twilio: join("S", "K", hex(32)),
    sendGrid: join("S", "G.", signs(22), ".", signs(43)),
    npm: join("np", "m_", signs(36)),
    pypi: join("py", "pi-", "AgEIcHlwaS5vcmc", signs(60)),
    docker: join("dckr", "_pat_", signs(27)),
    huggingFace: join("h", "f_", signs(34)),
    azureStorage: join("AccountKey", "=", signs(86), "=="),
    digitalOcean: join("dop", "_v1_", hex(64)),
    shopify: join("shp", "at_", hex(32)),
    telegram: join("123456789", ":AA", signs(33)),
    discord: join("M", signs(23), ".", signs(6), ".", signs(27)),
    jsonWebToken: join("ey", "J", signs(20), ".ey", "J", signs(30), ".", signs(40)),
    rsaKey: begin("RSA PRIVATE"),
    sshKey: begin("OPENSSH PRIVATE"),
    addressWithPassword: join("postgres://me:", signs(20), "@db.example/app"),
    password: join("DB_PASS", "WORD=", signs(20)),
  };
}

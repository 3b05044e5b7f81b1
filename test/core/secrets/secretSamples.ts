/** A made-up secret in the text it is met in, and the piece of it that must not leave. */
export interface SecretSample {
  readonly kind: string;
  readonly text: string;
  readonly secret: string;
}

/** Letters and digits by chance, the same with every run. Put together here, so that nothing takes the samples for real ones. */
function madeUp(
  length: number,
  seed: number,
  signs = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789",
): string {
  let state = seed * 2_654_435_761 + 97;
  let text = "";
  while (text.length < length) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    text += signs[Math.floor(state / 65_536) % signs.length];
  }
  return text;
}

const HEX = "0123456789abcdef";
const CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const part = (length: number, signs?: string) => madeUp(length, (place += 1), signs);
let place = 0;

/** What stands before and behind the made-up part. */
function sample(kind: string, secret: string, before = 'const client = connect("', after = '");'): SecretSample {
  return { kind, text: `${before}${secret}${after}`, secret };
}

const PEM = `-----BEGIN RSA PRIVATE KEY-----\n${part(64)}\n${part(64)}\n${part(20)}==\n-----END RSA PRIVATE KEY-----`;

/** At least thirty kinds, as they stand in code, settings, commands and logs. */
export const SECRET_SAMPLES: readonly SecretSample[] = [
  sample("OpenRouter", `sk-or-v1-${part(64, HEX)}`),
  sample("OpenAI, of a project", `sk-proj-${part(48)}`),
  sample("OpenAI, old", `sk-1${part(47)}`),
  sample("Anthropic", `sk-ant-api03-${part(80)}`),
  sample("Google", `AIza${part(35)}`),
  sample("Google OAuth", `GOCSPX-${part(28)}`),
  sample("AWS id", `AKIA${part(16, CAPITALS)}`),
  sample("AWS secret", part(40), "aws_secret_access_key = ", "\n"),
  sample("GitHub, classic", `ghp_${part(36)}`),
  sample("GitHub, of an app", `ghs_${part(36)}`),
  sample("GitHub, fine-grained", `github_pat_${part(22)}_${part(59)}`),
  sample("GitLab", `glpat-${part(20)}`),
  sample("Slack", `xoxb-${part(12, "0123456789")}-${part(24)}`),
  sample(
    "Slack webhook",
    `services/T${part(8, CAPITALS)}/B${part(8, CAPITALS)}/${part(24)}`,
    "curl https://hooks.slack.com/",
    "\n",
  ),
  sample("Stripe", `sk_live_${part(24)}`),
  sample("Stripe webhook", `whsec_${part(32)}`),
  sample("Twilio", `SK${part(32, HEX)}`),
  sample("SendGrid", `SG.${part(22)}.${part(43)}`),
  sample("Mailgun", `key-${part(32, HEX)}`),
  sample("Mailchimp", `${part(32, HEX)}-us12`),
  sample("npm", `npm_${part(36)}`, "//registry.npmjs.org/:_authToken=", "\n"),
  sample("PyPI", `pypi-AgEIcHlwaS5vcmc${part(60)}`),
  sample("Hugging Face", `hf_${part(34)}`),
  sample(
    "Azure storage",
    `${part(86)}==`,
    "DefaultEndpointsProtocol=https;AccountName=a;AccountKey=",
    ";EndpointSuffix=core.windows.net",
  ),
  sample("Azure client", `abc8Q~${part(34)}`),
  sample("DigitalOcean", `dop_v1_${part(64, HEX)}`),
  sample("Heroku", "0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d", "HEROKU_API_KEY=", "\n"),
  sample("Telegram", `123456789:AA${part(33)}`, "TELEGRAM=", "\n"),
  sample("Discord bot", `M1${part(22)}.${part(6)}.${part(38)}`),
  sample("Shopify", `shpat_${part(32, HEX)}`),
  sample("Databricks", `dapi${part(32, HEX)}`),
  sample("Linear", `lin_api_${part(40)}`),
  sample("Vault", `hvs.${part(30)}`),
  sample("Terraform", `${part(14)}.atlasv1.${part(64)}`),
  sample("Groq", `gsk_${part(52)}`),
  sample("Docker", `dckr_pat_${part(27)}`),
  sample("JWT", `eyJ${part(30)}.eyJ${part(60)}.${part(43)}`),
  sample("PEM", PEM, "", "\n"),
  sample("database address", part(16), "DATABASE=postgres://app:", "@db.internal:5432/app\n"),
  sample("basic auth in an address", part(12), "git clone https://me:", "@git.example.com/a.git\n"),
  sample("Authorization header", part(40), "Authorization: Bearer ", "\n"),
  sample("Authorization header, of few signs", "t0ken".repeat(6), "  Authorization: Bearer ", "\n"),
  sample("Basic header", part(24), 'curl -H "Authorization: Basic ', '" https://example.com\n'),
  sample("environment", "letmein", "\nexport DB_PASSWORD=", "\n"),
  sample("environment, quoted", part(20), '\nSESSION_SECRET="', '"\n'),
  sample("YAML", part(20), "smtp:\n  password: ", "\n"),
  sample("JSON", part(32, HEX), '{ "clientSecret": "', '" }'),
  sample("JSON in a string", part(32, HEX), '\'{\\"api_key\\":\\"', "\\\"}'"),
  sample("code", part(24), "options.accessToken = '", "';"),
  sample("variable of a command", "a1b2c3d4".repeat(4), "ls; echo TOKEN=", "; (exit 3)"),
  sample("option of a command", part(14), "mysql -u root --password ", " shop\n"),
];

/** Text that is full of signs by chance and has no secret in it. */
export const HARMLESS_TEXTS: readonly string[] = [
  `"integrity": "sha512-${part(86)}==",`,
  `resolved "https://registry.npmjs.org/a/-/a-1.2.3.tgz#${part(40, HEX)}"`,
  `commit ${part(40, HEX)}\nindex ${part(7, HEX)}..${part(7, HEX)} 100644`,
  'const id = "550e8400-e29b-41d4-a716-446655440000";',
  `<img src="data:image/png;base64,${part(400)}">`,
  `!function(e,t){var n=e.token,r=t.key;n=r.x1?n+"a0":"b";return{token:n,key:r,password:t.password2}}(a,b);`,
  "const token = nextToken(); const { password } = form; token = tokens[i + 1];",
  "password: string; token?: string; readonly apiKey: string | undefined;",
  'apiKey: process.env.OPENAI_API_KEY, token: `${prefix}${suffix}`, secret: "${{ secrets.DEPLOY }}"',
  'password: "Your password", label: "Password", placeholder: "Enter the token",',
  "API_KEY=\nSECRET=$(cat /run/secrets/a)\nMAX_TOKENS=4096\nTOKEN=${TOKEN}\nPASSWORD=<your password>",
  "Authorization: Bearer <token>\nAuthorization: `Bearer ${token}`\nauthorization: requestHeaders,",
  'scopes: { token: "keyword.control.flow", foreground: "#a0b1c2" }',
  "https://example.com/a:b@c https://user@example.com/ http://localhost:8080/a@2x.png",
  'const MARK = "-----BEGIN PRIVATE KEY-----"; if (text.includes(MARK)) return "-----END PRIVATE KEY-----";',
  ".sk-skeleton-loader-of-the-page { color: #fff } .hf_header-image { }",
  "the token is wrong, the password: is not; key=value; secret: true; auth: none",
  'cacheKey: "user-settings-v2", storageKey: "waybill.chat.shown", accessKey: "s",',
  "AKIAA is short, SKU12345, AIzawesome, eyJhbGciOiJ9",
];

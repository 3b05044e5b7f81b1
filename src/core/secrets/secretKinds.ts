/** A kind of secret that begins like other text; `hint` stands in every one, and a text without it is not searched. */
export interface SecretKind {
  readonly name: string;
  readonly hint: string;
  /** Global. */
  readonly pattern: RegExp;
  /** What is found counts only with this in it. */
  readonly holds?: RegExp;
}

/** Not inside a word; what follows an escaped line break of a quoted text begins one. */
const START = String.raw`(?:(?<![A-Za-z0-9])|(?<=\\[nrt]))`;

/**
 * What services begin their keys with, and what follows, up to a bound: each start costs a bounded number of steps, so that no
 * text takes more than linear time. The rest of the word belongs to the key. Sources: the services' documentation.
 */
const PREFIXED: readonly (readonly [name: string, form: string])[] = [
  ["OpenRouter key", String.raw`sk-or-[\w-]{16,200}`],
  ["Anthropic key", String.raw`sk-ant-[\w-]{16,200}`],
  ["OpenAI key", String.raw`sk-(?:proj|svcacct|admin|None)-[\w-]{16,200}`],
  ["key of a model service", String.raw`sk-(?=[A-Za-z]{0,40}\d)[A-Za-z0-9]{20,200}`],
  ["Google key", String.raw`AIza[\w-]{35}`],
  ["Google client secret", String.raw`GOCSPX-[\w-]{20,60}`],
  ["Google access token", String.raw`ya29\.[\w-]{20,300}`],
  ["AWS key id", String.raw`(?:AKIA|ASIA|ABIA|ACCA)[0-9A-Z]{16}(?![0-9A-Za-z])`],
  ["GitHub token", String.raw`gh[pousr]_[A-Za-z0-9]{20,255}`],
  ["GitHub fine-grained token", String.raw`github_pat_\w{20,255}`],
  ["GitLab token", String.raw`gl(?:pat|dt|rt|cbt|ptt|ft|soat|imt|agent)-[\w-]{20,200}`],
  ["Slack token", String.raw`xox[abeoprs]-[\w-]{10,250}`],
  ["Slack app token", String.raw`xapp-[\w-]{20,250}`],
  ["Stripe key", String.raw`[rs]k_(?:live|test)_[A-Za-z0-9]{16,250}`],
  ["Stripe webhook secret", String.raw`whsec_[A-Za-z0-9+/]{24,120}={0,2}`],
  ["Twilio key", String.raw`SK[0-9a-f]{32}(?![0-9A-Za-z])`],
  ["SendGrid key", String.raw`SG\.[\w-]{16,32}\.[\w-]{16,64}`],
  ["Mailgun key", String.raw`key-[0-9a-f]{32}(?![0-9A-Za-z])`],
  ["npm token", String.raw`npm_[A-Za-z0-9]{36}`],
  ["PyPI token", String.raw`pypi-[\w-]{32,300}`],
  ["Hugging Face token", String.raw`hf_[A-Za-z0-9]{30,60}`],
  ["Azure key", String.raw`(?<=(?:Account|SharedAccess)Key=)[A-Za-z0-9+/]{40,100}={0,2}`],
  ["Azure signature", String.raw`(?<=[?&]sig=)[\w%+/-]{40,200}={0,2}`],
  ["DigitalOcean token", String.raw`do[opr]_v1_[0-9a-f]{64}`],
  ["Heroku key", String.raw`HRKU-[\w-]{30,100}`],
  ["Shopify token", String.raw`shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}`],
  ["Square token", String.raw`sq0[a-z]{3}-[\w-]{22,60}`],
  ["Databricks token", String.raw`dapi[0-9a-f]{32}(?![0-9A-Za-z])`],
  ["Linear key", String.raw`lin_api_[A-Za-z0-9]{32,60}`],
  ["Notion token", String.raw`ntn_[A-Za-z0-9]{40,60}`],
  ["Figma token", String.raw`figd_[\w-]{38,60}`],
  ["Grafana token", String.raw`gl(?:sa|c)_[\w+/=-]{30,200}`],
  ["New Relic key", String.raw`NRAK-[A-Z0-9]{27}`],
  ["PlanetScale password", String.raw`pscale_(?:tkn|pw|oauth)_[\w.-]{32,64}`],
  ["Supabase token", String.raw`sbp_[0-9a-f]{40}`],
  ["Vault token", String.raw`hv[sb]\.[\w-]{24,300}`],
  ["Doppler token", String.raw`dp\.(?:pt|st|ct|sa|scim|audit)\.[A-Za-z0-9._-]{40,60}`],
  ["Postman key", String.raw`PMAK-[0-9a-f]{24}-[0-9a-f]{34}`],
  ["Sentry token", String.raw`sntry[su]_[\w+/=-]{40,300}`],
  ["Groq key", String.raw`gsk_[A-Za-z0-9]{40,60}`],
  ["xAI key", String.raw`xai-[A-Za-z0-9]{60,100}`],
  ["Perplexity key", String.raw`pplx-[A-Za-z0-9]{40,60}`],
  ["Replicate token", String.raw`r8_[A-Za-z0-9]{37}`],
  ["Atlassian token", String.raw`ATATT3[\w=-]{60,250}`],
  ["Docker token", String.raw`dckr_pat_[\w-]{24,40}`],
  ["RubyGems key", String.raw`rubygems_[0-9a-f]{48}`],
  ["age key", String.raw`AGE-SECRET-KEY-1[0-9A-Z]{58}`],
  ["Slack webhook", String.raw`(?<=hooks\.slack\.com/)(?:services|workflows)/[\w/]{20,120}`],
  ["Discord webhook", String.raw`(?<=/api/webhooks/)\d{10,25}/[\w-]{40,120}`],
];

/** All of them in one search: one after the other takes ten times as long. */
export const PREFIXED_SECRET = new RegExp(`${START}(?:${PREFIXED.map(([, form]) => form).join("|")})`, "g");

export const SECRET_KINDS: readonly SecretKind[] = [
  {
    name: "Mailchimp key",
    hint: "-us",
    pattern: new RegExp(START + String.raw`[0-9a-f]{32}-us\d{1,2}(?![0-9A-Za-z])`, "g"),
  },
  {
    name: "Azure client secret",
    hint: "8Q~",
    pattern: new RegExp(START + String.raw`[\w~.-]{3}8Q~[\w~.-]{31,34}`, "g"),
  },
  {
    name: "Telegram bot token",
    hint: ":AA",
    pattern: new RegExp(START + String.raw`\d{8,10}:AA[\w-]{32,34}(?![\w-])`, "g"),
  },
  {
    name: "Terraform token",
    hint: ".atlasv1.",
    pattern: new RegExp(START + String.raw`[A-Za-z0-9]{14}\.atlasv1\.[\w-]{60,70}`, "g"),
  },
  {
    name: "private key",
    hint: "PRIVATE KEY",
    holds: /[A-Za-z0-9+/]{20}|[A-Za-z0-9+/]{16}[A-Za-z0-9+/=]*$/,
    // Up to its end; where that is cut off, as far as there are lines of base64. A text that only names the marks is none.
    pattern:
      /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----(?:(?:[^-]|-(?!----)){0,20000}-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----|(?:(?:\s|\\[nr]|["',]){1,16}[A-Za-z0-9+/=]{16,})+)/g,
  },
  {
    name: "signed web token",
    hint: "eyJ",
    pattern: /(?:(?<![\w-])|(?<=\\[nrt]))eyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]*/g,
  },
  {
    name: "Discord bot token",
    hint: ".",
    pattern: /(?<![\w.-])[MNO](?=[A-Za-z]{0,24}\d)[\w-]{22,27}\.[\w-]{6}\.[\w-]{27,45}(?![\w-])/g,
  },
];

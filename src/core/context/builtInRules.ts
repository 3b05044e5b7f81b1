import { plainPath } from "../edits/plainPath.ts";

/**
 * Why the text of a file never leaves this machine, whatever a workspace says. `secrets`: keys and passwords. `git`: Git's own
 * records. `history`: what was typed into a shell or a console. `own`: what Waybill itself keeps.
 */
export type BuiltInRule = "secrets" | "git" | "history" | "own";

/** Looked for in the whole path. */
const PLACES: readonly (readonly [RegExp, BuiltInRule])[] = [
  [/(?:^|\/)\.git(?:\/|$)/u, "git"],
  [/(?:^|\/)globalstorage\/waybill\.waybill(?:\/|$)/u, "own"],
  [/(?:^|\/)\.(?:ssh|aws|kube|gnupg|password-store)(?:\/|$)/u, "secrets"],
  [/(?:^|\/)\.docker\/config\.json$/u, "secrets"],
  [/(?:^|\/)\.config\/(?:gcloud|op|gh|hub|doctl|rclone)(?:\/|$)/u, "secrets"],
  [/(?:^|\/)\.azure\/(?:accesstokens|msal_token_cache|service_principal_entries)\b[^/]*$/u, "secrets"],
  [/(?:^|\/)\.cargo\/credentials[^/]*$/u, "secrets"],
];

/** A copy of a file keeps what the file holds. */
const COPY = String.raw`(?:~|[._-](?:bak|backup|old|orig|save|copy|tmp))*`;

/** Looked for in the name alone, in small letters. */
const NAMES: readonly (readonly [RegExp, BuiltInRule])[] = [
  [/^\.env(?:[._~-].*|rc)?$/u, "secrets"],
  [new RegExp(String.raw`\.env${COPY}$`, "u"), "secrets"],
  [
    new RegExp(
      String.raw`\.(?:pem|key|p12|pfx|p8|pk8|pkcs12|jks|jceks|bks|keystore|kdbx?|ppk|gpg|pgp|asc|keytab|ovpn|keychain|keychain-db|agekey)${COPY}$`,
      "u",
    ),
    "secrets",
  ],
  [/^id_(?:rsa|dsa|ecdsa|ed25519)|^id_[a-z\d_]+$/u, "secrets"],
  [
    new RegExp(
      String.raw`^\.(?:npmrc|netrc|pypirc|pgpass|my\.cnf|mylogin\.cnf|git-credentials|htpasswd|htdigest|dockercfg|s3cfg|boto|vault-token|terraformrc|databrickscfg|rediscli_auth)${COPY}$`,
      "u",
    ),
    "secrets",
  ],
  [/^(?:_netrc|terraform\.rc|credentials\.tfrc\.json)$/u, "secrets"],
  [/\.tfstate(?:\..*)?$|\.tfvars(?:\.json)?$/u, "secrets"],
  [/^(?:credentials?|secrets?)$/u, "secrets"],
  [
    /^(?:credentials?|secrets?)(?:[._-][\w-]+)*\.(?:json5?|ya?ml|toml|ini|txt|xml|properties|conf|cfg|csv|plist|enc)$/u,
    "secrets",
  ],
  [/service[._-]?accounts?[^/]*\.json$|firebase-adminsdk[^/]*\.json$|^client_secrets?[^/]*\.json$/u, "secrets"],
  [/^(?:application_default_credentials|gc(?:p|loud)[._-]?(?:key|credentials?))[^/]*\.json$/u, "secrets"],
  [/^(?:key[34]\.db|logins\.json|wallet\.dat)$/u, "secrets"],
  [/^\.\w*history$|^(?:fish_history|consolehost_history\.txt)$|^\.(?:lesshst|viminfo)$/u, "history"],
];

/** Made to be shared: they name the variables without their values. */
const HARMLESS = /^\.env\.(?:example|sample|template|dist)$/u;

/** Languages of which every text is like a `.env`, whatever it is called. */
const SECRET_LANGUAGES: ReadonlySet<string> = new Set(["dotenv", "env"]);
/** The language that `.env` files have in many editors; a text that is saved nowhere has no name that would tell. */
const LIKE_SECRET_LANGUAGES: ReadonlySet<string> = new Set(["properties"]);

/** The rule that a path falls under, written as a disk may take it. `undefined` where none does. */
export function builtInRule(path: string): BuiltInRule | undefined {
  const plain = plainPath(path);
  const place = PLACES.find(([pattern]) => pattern.test(plain))?.[1];
  const name = plain.slice(plain.lastIndexOf("/") + 1);
  if (place !== undefined || HARMLESS.test(name)) return place;
  return NAMES.find(([pattern]) => pattern.test(name))?.[1];
}

/** The same for what the editor holds, whose name may say nothing. */
export function builtInRuleOfText(text: {
  readonly title: string;
  readonly languageId: string;
  readonly isUntitled: boolean;
}): BuiltInRule | undefined {
  const { title, languageId, isUntitled } = text;
  const rule = builtInRule(title);
  const name = plainPath(title).replace(/^.*\//u, "");
  if (rule !== undefined || HARMLESS.test(name)) return rule;
  const isSecret = SECRET_LANGUAGES.has(languageId) || (isUntitled && LIKE_SECRET_LANGUAGES.has(languageId));
  return isSecret ? "secrets" : undefined;
}

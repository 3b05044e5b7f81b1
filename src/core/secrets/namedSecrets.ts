import type { SecretName } from "./secretValue.ts";
import { isEnvironmentValue, isReference, isSecretValue } from "./secretValue.ts";
import type { SecretPlace } from "./secretPlace.ts";

/** The end of a name that may say so, and what stands between it and its value. */
const NAME_END =
  /(?:passwords?|passwd|passwort|passphrase|passcode|pwd|secrets?|token|key|credentials?|auth)(?:\\?["'`])?\]?[ \t]{0,20}(?:=>|:=|\?\?=|=|:)(?!=)[ \t]{0,20}/gi;
const LONGEST_NAME = 80;
const OF_NAME = /[\w$.-]/;
/** Up to a quotation mark; a value with blanks is a sentence. */
const QUOTED = /(\\?["'`])([^\s"'`\\]{4,4096})(?=\\?["'`\s]|$)/y;
const PLAIN = /[^\s"'`\\,;<>(){}[\]|]{4,4096}/y;
const TO_BLANK = /[^\s"'`]{4,4096}/y;

const PASSWORD_WORDS: ReadonlySet<string> = new Set([
  "password",
  "passwords",
  "passwd",
  "passwort",
  "passphrase",
  "passcode",
  "pwd",
]);
const KEY_WORDS: ReadonlySet<string> = new Set(["secret", "secrets", "token", "credential", "credentials", "apikey"]);
/** Without one of these before it a key is one of a list or of a keyboard. */
const KINDS_OF_KEY =
  /(?:api|access|private|secret|auth|signing|signature|encryption|master|account|storage|service|client|webhook|license|deploy|admin|app|jwt|hmac)[\W_]?key$/i;

/** What stands beside names that say so: `DB_PASSWORD=…`, `"apiKey": "…"`, `token: …`. */
export function namedSecrets(text: string): readonly SecretPlace[] {
  const found: SecretPlace[] = [];
  NAME_END.lastIndex = 0;
  for (let match = NAME_END.exec(text); match !== null; match = NAME_END.exec(text)) {
    const name = nameAt(text, match);
    const value = name === undefined ? undefined : valueAt(text, { ...name, valueAt: NAME_END.lastIndex });
    if (value === undefined) continue;
    const { isSecret, ...place } = value;
    if (isSecret) found.push(place);
    // A short value may be a name with a value of its own; reading long ones again and again would take too long.
    if (isSecret || place.end - place.start > LONGEST_NAME)
      NAME_END.lastIndex = Math.max(place.end, NAME_END.lastIndex);
  }
  return found;
}

interface NamedPlace {
  readonly name: SecretName;
  /** `NAME=value` at the beginning of a line, in capital letters. */
  readonly isEnvironment: boolean;
  readonly valueAt: number;
}

function nameAt(text: string, { 0: end, index }: RegExpExecArray): Omit<NamedPlace, "valueAt"> | undefined {
  const word = /^[a-z]+/i.exec(end)?.[0] ?? "";
  const from = Math.max(0, index - LONGEST_NAME);
  let start = index;
  while (start > from && OF_NAME.test(text.charAt(start - 1))) start -= 1;
  const before = text.slice(start, index);
  const whole = before + word;
  const name = secretNameOf(whole);
  if (name === undefined) return undefined;
  const isPlainName = /^[A-Z][A-Z0-9_]*$/.test(whole) && end.startsWith(`${word}=`);
  const lead = text.slice(from, start);
  const isEnvironment = isPlainName && /(?:^|\n)[ \t]*(?:(?:export|set|ENV|ARG|-e)[ \t]+)*$/.test(lead);
  return { name, isEnvironment };
}

/** What a name promises by its last words. */
function secretNameOf(name: string): SecretName | undefined {
  const words = name
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1_$2")
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.toLowerCase());
  const last = words.at(-1) ?? "";
  if (PASSWORD_WORDS.has(last)) return "password";
  // The word may follow others without a sign between them: `dbpassword`, `authtoken`.
  if (/(?:password|passwd)$/.test(last)) return "password";
  if (KEY_WORDS.has(last) || /(?:secret|token|apikey)$/.test(last)) return "key";
  if (last === "auth" && name.startsWith("_")) return "key";
  return KINDS_OF_KEY.test(words.slice(-2).join("_")) ? "key" : undefined;
}

interface NamedValue extends SecretPlace {
  readonly isSecret: boolean;
}

function valueAt(text: string, { name, isEnvironment, valueAt: at }: NamedPlace): NamedValue | undefined {
  const quoted = matchAt(QUOTED, text, at);
  if (quoted !== undefined) {
    const [, mark = "", value = ""] = quoted;
    const start = at + mark.length;
    const isWhole = text.startsWith(mark, start + value.length) || start + value.length >= text.length;
    const isSecret = isEnvironment ? isEnvironmentValue(value) : isSecretValue(value, name);
    return { ...placeOf(start, value), isSecret: isWhole && isSecret };
  }
  if (isEnvironment) {
    const value = matchAt(TO_BLANK, text, at)?.[0] ?? "";
    return { ...placeOf(at, value), isSecret: isEnvironmentValue(value) };
  }
  const value = matchAt(PLAIN, text, at)?.[0] ?? "";
  return { ...placeOf(at, value), isSecret: isPlainSecret(value, { name, next: text[at + value.length] ?? "\n" }) };
}

/** Without quotation marks it may be the name of a variable; a line of YAML, a header or an address ends with its value. */
function isPlainSecret(value: string, { name, next }: { readonly name: SecretName; readonly next: string }): boolean {
  if (name === "password") return /\s/.test(next) && isSecretValue(value, name);
  // Names of variables have a number or two in them.
  const isVariable =
    /^[A-Za-z_$][\w$]*$/.test(value) && /[;,)\]}]/.test(next) && (value.match(/\d+/g) ?? []).length <= 2;
  return value.length >= 16 && !isVariable && isSecretValue(value, name);
}

const AUTHORIZATION =
  /\bauthorization(?:\\?["'`])?[ \t]{0,3}[:=,][ \t]{0,3}(?:\\?["'`])?(?:(?:bearer|basic|token|apikey)[ \t]{1,3})?([^\s"'`\\,;]{8,4096})/gi;
const BEARER = /\bbearer[ \t]{1,3}([\w.~+/-]{16,4096}=*)/gi;
const FLAG =
  /(?<=[ \t])--?(?:password|passwd|pass|token|secret|api-key|apikey)(?:=|[ \t]{1,5})["'`]?([^\s"'`-][^\s"'`]{5,4095})/gi;

/** Headers of requests, and options of command lines. */
export function spokenSecrets(text: string): readonly SecretPlace[] {
  return [AUTHORIZATION, BEARER, FLAG]
    .flatMap((pattern) => groupsOf(pattern, text))
    .filter(({ value }) => isSecretValue(value, "password"));
}

const CREDENTIALS = /[^\s:/@"'`<>]{0,100}:([^\s/@"'`<>]{3,300})@/y;

/** Passwords in addresses: `postgres://me:…@host/db`. */
export function secretsInAddresses(text: string): readonly SecretPlace[] {
  const found: SecretPlace[] = [];
  for (let at = text.indexOf("://"); at >= 0; at = text.indexOf("://", at + 3)) {
    const match = matchAt(CREDENTIALS, text, at + 3);
    const password = match?.[1];
    if (match === undefined || password === undefined || isReference(password)) continue;
    found.push(placeOf(at + 3 + match[0].length - 1 - password.length, password));
  }
  return found;
}

function groupsOf(pattern: RegExp, text: string): readonly (SecretPlace & { readonly value: string })[] {
  return [...text.matchAll(pattern)].flatMap((match) => {
    const value = match[1] ?? "";
    return { ...placeOf(match.index + match[0].length - value.length, value), value };
  });
}

function placeOf(start: number, value: string): SecretPlace {
  return { start, end: start + value.length };
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}

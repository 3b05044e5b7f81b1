import { entropyOf } from "./entropy.ts";

/** What the name before a value promises. */
export type SecretName = "password" | "key";

/** Points to a secret that stands elsewhere, or says that here is none. */
const REFERENCE =
  /^[$%<{#@*•(]|\$\{|\{\{|\(|•|\[\[secret-|^(?:null|nil|none|true|false|undefined|string|number|boolean|str)$/iu;
const MADE_UP = /^(?:your|my|change|example|placeholder|dummy|redacted|insert|replace|todo|some|enter)[\W_a-z]*$/i;
const PATH_OF_NAMES = /^[A-Za-z_$][\w$]*(?:\??[.[][A-Za-z_$][\w$]*\]?)+$/;
/** Words with at most a number behind them, for instance `oauth2-token-handler`. */
const WORDS = /^[A-Za-z]+\d{0,2}(?:[-_./:\s][A-Za-z]*\d{0,2})*$/;
const ADDRESS = /^(?:urn:|[a-z][a-z0-9+.-]*:\/\/|\.{0,2}\/)/i;

/** Whether a quoted or plain value beside such a name is a secret itself, by its length, its signs and its entropy. */
export function isSecretValue(value: string, name: SecretName): boolean {
  if (isReference(value)) return false;
  const hasDigit = /\d/.test(value);
  const hasLetter = /[A-Za-z]/.test(value);
  if (name === "password") {
    const isMixed = (hasDigit && hasLetter) || /[!@#$%^&*~+=?]/.test(value);
    return value.length >= 6 && isMixed && !ADDRESS.test(value) && entropyOf(value) >= 2;
  }
  if (value.length < 12 || !hasDigit || !hasLetter) return value.length >= 32 && entropyOf(value) >= 4;
  return !WORDS.test(value) && !ADDRESS.test(value) && entropyOf(value) >= 3;
}

/** Whether a value stands for another one, or for none. */
export function isReference(value: string): boolean {
  return REFERENCE.test(value) || MADE_UP.test(value) || PATH_OF_NAMES.test(value) || /^(.)\1*$/.test(value);
}

/** In a file of settings of the environment every value of such a name counts, but numbers and what is hardly a word. */
export function isEnvironmentValue(value: string): boolean {
  return value.length >= 4 && !isReference(value) && !/^\d{1,6}$/.test(value) && !/^(?:yes|no|on|off)$/i.test(value);
}

/** Signs by chance: what a name, a word or a path never looks like. */
export function looksRandom(value: string): boolean {
  return isSecretValue(value, "key");
}

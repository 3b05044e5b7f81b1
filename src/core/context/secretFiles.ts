/** Names of files that hold keys or passwords, in small letters. */
const SECRET_NAMES: readonly RegExp[] = [
  /^\.env(?:\..+|rc)?$/,
  /\.env$/,
  /\.(?:pem|key|p12|pfx|p8|jks|keystore|kdbx|ppk|gpg|asc)$/,
  /^id_(?:rsa|dsa|ecdsa|ed25519)/,
  /^\.(?:npmrc|netrc|pypirc|pgpass|git-credentials|htpasswd|dockercfg)$/,
  /^_netrc$/,
  /^(?:credentials|secrets)(?:\.(?:json|ya?ml|toml|ini|txt))?$/,
];

/** Made to be shared: they name the variables without their values. */
const HARMLESS = /^\.env\.(?:example|sample|template|dist)$/;

/** Whether a file is likely to hold secrets, by its name. It is neither offered nor taken along with its folder. */
export function isSecretFile(path: string): boolean {
  const name = path.slice(path.search(/[^\\/]*$/)).toLowerCase();
  return !HARMLESS.test(name) && SECRET_NAMES.some((pattern) => pattern.test(name));
}

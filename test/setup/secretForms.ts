import { Buffer } from "node:buffer";
import { gunzipSync } from "node:zlib";

/** A secret as it may stand in a file, byte by byte. */
export interface SecretForm {
  /** For instance `base64` or `reversed`. */
  readonly form: string;
  readonly bytes: Buffer;
}

const GZIP = Buffer.from([0x1f, 0x8b, 0x08]);

/** What is packed larger than this is not looked into. */
const MOST_UNPACKED = 64 * 1024 * 1024;

/** Every usual way to write a secret; two that are the same bytes are there once. */
export function formsOf(secret: string): readonly SecretForm[] {
  const plain = Buffer.from(secret);
  const big = Buffer.from(secret, "utf16le").swap16();
  const texts: readonly (readonly [string, string])[] = [
    ["plain", secret],
    ["reversed", secret.split("").toReversed().join("")],
    ["JSON", JSON.stringify(secret).slice(1, -1)],
    ["JSON with every sign escaped", escaped(secret, (code) => `\\u${code.toString(16).padStart(4, "0")}`)],
    ["URL-encoded", encodeURIComponent(secret)],
    ["URL-encoded, every sign", escaped(secret, (code) => `%${code.toString(16)}`)],
    ["URL-encoded, every sign", escaped(secret, (code) => `%${code.toString(16).toUpperCase()}`)],
    ["hex", plain.toString("hex")],
    ["hex", plain.toString("hex").toUpperCase()],
    ...[0, 1, 2].flatMap((before): [string, string][] => [
      ["base64", alignedBase64(plain, before, "base64")],
      ["base64url", alignedBase64(plain, before, "base64url")],
    ]),
  ];
  const forms = [
    ...texts.map(([form, text]) => ({ form, bytes: Buffer.from(text) })),
    { form: "UTF-16", bytes: Buffer.from(secret, "utf16le") },
    { form: "UTF-16", bytes: big },
  ];
  return forms.filter(({ bytes }, index) => forms.findIndex((other) => other.bytes.equals(bytes)) === index);
}

/** The forms in which one of the secrets stands in these bytes, also where they are packed with gzip. */
export function formsIn(bytes: Buffer, forms: readonly SecretForm[]): readonly string[] {
  const packed = bytes.subarray(0, GZIP.length).equals(GZIP) ? unpacked(bytes) : undefined;
  const found = forms.filter((each) => bytes.includes(each.bytes)).map(({ form }) => form);
  return [
    ...new Set([...found, ...(packed === undefined ? [] : formsIn(packed, forms).map((form) => `gzip, ${form}`))]),
  ];
}

function escaped(secret: string, write: (code: number) => string): string {
  return [...Buffer.from(secret)].map(write).join("");
}

/** What is the same of it whatever stands around it, where so many bytes of its group of three stand before it. */
function alignedBase64(secret: Buffer, before: number, encoding: "base64" | "base64url"): string {
  const text = Buffer.concat([Buffer.alloc(before), secret])
    .toString(encoding)
    .replaceAll("=", "");
  const beginning = Math.ceil((before * 8) / 6);
  const isWhole = (before + secret.length) % 3 === 0;
  return text.slice(beginning, isWhole ? text.length : -1);
}

function unpacked(bytes: Buffer): Buffer | undefined {
  try {
    return gunzipSync(bytes, { maxOutputLength: MOST_UNPACKED });
  } catch {
    return undefined;
  }
}

import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/** RFC 7636: 32 octets of chance are enough for a verifier. */
const SECRET_BYTES = 32;

/** 43 characters that fit into an address as they are. */
export function newSecret(): string {
  return randomBytes(SECRET_BYTES).toString("base64url");
}

/** The `S256` challenge of a verifier. Source: RFC 7636, 4.2. */
export function challengeOf(verifier: string): string {
  return sha256(verifier).toString("base64url");
}

/** In constant time: hashes are compared, so that not even the length shows. */
export function isSameSecret(left: string, right: string): boolean {
  return timingSafeEqual(sha256(left), sha256(right));
}

function sha256(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

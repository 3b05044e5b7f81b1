import { isLoopback } from "./isLoopback.ts";

/**
 * Who could read what travels to a gateway: nobody on the way (`encrypted`), nobody beside this machine (`loopback`),
 * whoever is in the same private network (`readable-nearby`), or anybody (`readable`).
 */
export type GatewayWay = "loopback" | "encrypted" | "readable-nearby" | "readable";

export function wayTo({ protocol, hostname }: URL): GatewayWay {
  if (isLoopback(hostname)) return "loopback";
  if (protocol === "https:") return "encrypted";
  return isPrivateNumber(hostname) ? "readable-nearby" : "readable";
}

/**
 * Numbers only: nobody can promise where a name leads tomorrow. Source: RFC 1918 and RFC 4193. Link-local addresses are
 * left out, since the metadata services of clouds answer there.
 */
function isPrivateNumber(hostname: string): boolean {
  if (/^\[f[cd][0-9a-f]{2}:/.test(hostname)) return true;
  const [first = -1, second = -1] = /^\d+(?:\.\d+){3}$/.test(hostname) ? hostname.split(".").map(Number) : [];
  return first === 10 || (first === 172 && second >= 16 && second <= 31) || (first === 192 && second === 168);
}

import { BlockList, isIP } from "node:net";

/**
 * Whether a list of exceptions names the target. As in VS Code and curl a name stands for its subdomains too; `.name` and
 * `*.name` mean the same. An entry may end with a port, be an address or a range of addresses, or `*` for everything.
 */
export function isExcludedFromProxy(target: URL, noProxy: readonly string[]): boolean {
  const hostname = target.hostname.toLowerCase().replace(/^\[|\]$|\.$/g, "");
  const port = target.port || (target.protocol === "https:" ? "443" : "80");
  return noProxy.some((entry) => {
    const { host, port: wanted } = splitPort(entry.trim().toLowerCase());
    return (wanted === undefined || wanted === port) && matchesHost(host, hostname);
  });
}

/** `host`, `host:port`, `[address]:port`, or an IPv6 address with its colons. */
function splitPort(entry: string): { host: string; port: string | undefined } {
  const [, bracketed, afterBracket, plain, afterPlain] =
    /^(?:\[([^\]]*)\](?::(\d+))?|([^:]*)(?::(\d+))?)$/.exec(entry) ?? [];
  return { host: bracketed ?? plain ?? entry, port: afterBracket ?? afterPlain };
}

function matchesHost(pattern: string, hostname: string): boolean {
  if (pattern === "*") return true;
  const [address = "", prefix] = pattern.split("/");
  if (isIP(address) !== 0) return isIP(hostname) !== 0 && matchesAddress({ address, prefix }, hostname);
  const suffix = pattern.replace(/^\*?\.?/, "");
  return suffix !== "" && `.${hostname}`.endsWith(`.${suffix}`);
}

function matchesAddress({ address, prefix }: { address: string; prefix: string | undefined }, hostname: string) {
  const bits = prefix === undefined ? (isIP(address) === 6 ? 128 : 32) : parsePrefix(prefix, isIP(address));
  if (bits === undefined) return false;
  const range = new BlockList();
  range.addSubnet(address, bits, familyOf(address));
  return range.check(hostname, familyOf(hostname));
}

function parsePrefix(prefix: string, version: number): number | undefined {
  const bits = /^\d{1,3}$/.test(prefix) ? Number(prefix) : Number.NaN;
  return bits <= (version === 6 ? 128 : 32) ? bits : undefined;
}

function familyOf(address: string): "ipv4" | "ipv6" {
  return isIP(address) === 6 ? "ipv6" : "ipv4";
}

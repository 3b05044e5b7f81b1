import { isLoopback } from "./isLoopback.ts";
import { isExcludedFromProxy } from "./noProxy.ts";
import type { ProxySettings } from "./proxySettings.ts";

/** Environment variables, as `process.env` has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** `unusable`: a proxy is wanted that this transport cannot use. Going around it is not ours to decide. */
export type ProxyChoice =
  | { readonly kind: "none" }
  | { readonly kind: "proxy"; readonly url: URL }
  | { readonly kind: "unusable" };

/**
 * The proxy on the way to a target. In order: never for this machine; `http.proxySupport: off`; the exceptions (the
 * setting's replace the environment's); `http.proxy`; the environment. As VS Code does, save for PAC, which it keeps.
 */
export function chooseProxy(target: URL, settings: ProxySettings, environment: Environment): ProxyChoice {
  if (isLoopback(target.hostname) || settings.proxySupport === "off") return { kind: "none" };
  const exceptions = settings.noProxy.length > 0 ? settings.noProxy : noProxyOf(environment);
  if (isExcludedFromProxy(target, exceptions)) return { kind: "none" };
  const address = settings.proxyUrl ?? proxyOf(environment, target.protocol);
  if (address === undefined) return { kind: "none" };
  const url = URL.parse(address.includes("://") ? address : `http://${address}`);
  return url?.protocol === "http:" || url?.protocol === "https:" ? { kind: "proxy", url } : { kind: "unusable" };
}

function noProxyOf(environment: Environment): readonly string[] {
  return variable(environment, "no_proxy")?.split(",") ?? [];
}

/** Secure requests take the proxy for plain ones where it is the only one, as in VS Code. */
function proxyOf(environment: Environment, protocol: string): string | undefined {
  const forPlain = variable(environment, "http_proxy");
  return protocol === "https:" ? (variable(environment, "https_proxy") ?? forPlain) : forPlain;
}

function variable(environment: Environment, name: string): string | undefined {
  const value = environment[name] || environment[name.toUpperCase()];
  return value?.trim() || undefined;
}

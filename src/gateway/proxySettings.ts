/** How the `direct` transport leaves this machine: what VS Code's own `http.*` settings say. */
export interface ProxySettings {
  /** As the person wrote it; it may hold a password, so it is never logged. */
  readonly proxyUrl?: string;
  readonly noProxy: readonly string[];
  /** `false` accepts any certificate of the proxy, and of the proxy only. */
  readonly strictSsl: boolean;
  /** The whole value of the `Proxy-Authorization` header. */
  readonly proxyAuthorization?: string;
  /** Only `off` matters here: no proxy at all. The others differ in what VS Code does to other extensions. */
  readonly proxySupport: ProxySupport;
  /** Whether the operating system's certificates count beside Node's. */
  readonly certificates: CertificateSource;
}

const PROXY_SUPPORT = ["off", "on", "override", "fallback"] as const;

type ProxySupport = (typeof PROXY_SUPPORT)[number];

export type CertificateSource = "bundled" | "system";

/** VS Code's names of the settings, all under `http.`. */
export type ProxySettingName =
  | "proxy"
  | "noProxy"
  | "proxyStrictSSL"
  | "proxyAuthorization"
  | "proxySupport"
  | "systemCertificates";

/** What holds when nobody has set anything. */
export const DEFAULT_PROXY_SETTINGS: ProxySettings = {
  noProxy: [],
  strictSsl: true,
  proxySupport: "override",
  certificates: "system",
};

/** A value of the wrong type counts as not set, as it does in VS Code. */
export function parseProxySettings(read: (name: ProxySettingName) => unknown): ProxySettings {
  const proxyUrl = parseText(read("proxy"));
  const proxyAuthorization = parseText(read("proxyAuthorization"));
  const proxySupport = read("proxySupport");
  return {
    noProxy: parseTexts(read("noProxy")),
    strictSsl: read("proxyStrictSSL") !== false,
    proxySupport: PROXY_SUPPORT.find((value) => value === proxySupport) ?? DEFAULT_PROXY_SETTINGS.proxySupport,
    certificates: read("systemCertificates") === false ? "bundled" : "system",
    ...(proxyUrl === undefined ? {} : { proxyUrl }),
    ...(proxyAuthorization === undefined ? {} : { proxyAuthorization }),
  };
}

function parseText(value: unknown): string | undefined {
  const text = typeof value === "string" ? value.trim() : "";
  return text === "" ? undefined : text;
}

function parseTexts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(parseText).filter((text) => text !== undefined) : [];
}

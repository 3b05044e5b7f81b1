import tls from "node:tls";
import type { CertificateSource } from "./proxySettings.ts";

/**
 * The authorities to trust, as PEM texts: Node's own, those of `NODE_EXTRA_CA_CERTS`, and the system's if wanted. The
 * first reading of the system's takes about 150 ms. Before Node 22.15 only Node's own can be had.
 */
export function trustedCertificates(source: CertificateSource): readonly string[] {
  const found = new Set(tls.rootCertificates);
  if (!("getCACertificates" in tls)) return [...found];
  for (const certificate of tls.getCACertificates("extra")) found.add(certificate);
  if (source === "bundled") return [...found];
  for (const certificate of tls.getCACertificates("system")) found.add(certificate);
  return [...found];
}

import type { Catalog } from "../core/catalog/catalogModel.ts";

/** Which list an answer was, with the gateway's own marks of that state, to ask later whether it has changed. */
export interface CatalogVersion {
  /** For instance `/models`; marks of one list mean nothing for another. */
  readonly path: string;
  readonly etag?: string | undefined;
  readonly lastModified?: string | undefined;
}

/** `text` is the list as it came, to be kept and read again with `Gateway.openCatalog`. */
export type CatalogAnswer =
  | { readonly kind: "unchanged" }
  | { readonly kind: "list"; readonly catalog: Catalog; readonly text: string; readonly version: CatalogVersion };

/** What a header may hold. The marks come from a file that anything could have written to. */
const HEADER_VALUE = /^[\x20-\x7e]{1,256}$/;

export function versionOf(
  path: string,
  { header }: { readonly header: (name: string) => string | undefined },
): CatalogVersion {
  return { path, etag: header("etag"), lastModified: header("last-modified") };
}

/** `undefined` without a mark. */
export function conditionHeaders({ etag, lastModified }: CatalogVersion): Readonly<Record<string, string>> | undefined {
  if (etag !== undefined && HEADER_VALUE.test(etag)) return { "If-None-Match": etag };
  if (lastModified !== undefined && HEADER_VALUE.test(lastModified)) return { "If-Modified-Since": lastModified };
  return undefined;
}

/** The address of an endpoint below a gateway's base address; `path` starts with a slash. */
export function endpointUrl(baseUrl: URL, path: string): string {
  return `${baseUrl.href.replace(/\/$/, "")}${path}`;
}

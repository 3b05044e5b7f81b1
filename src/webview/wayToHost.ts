declare function acquireVsCodeApi(): { postMessage(message: unknown): void };

/** How a page posts to the extension host. To be called once: VS Code hands out its API a single time. */
export function wayToHost(): (message: unknown) => void {
  const api = acquireVsCodeApi();
  return (message) => api.postMessage(message);
}

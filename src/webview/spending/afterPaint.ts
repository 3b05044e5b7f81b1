/** Resolves when the browser has painted what is in the page now. A hidden page paints nothing and waits. */
export function afterPaint(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  // A task that is queued in an animation frame runs once that frame is painted.
  requestAnimationFrame(() => setTimeout(resolve, 0));
  return promise;
}

/** Rejects when the editor does not answer a call in time. The call itself goes on. */
export async function withTimeout<T>(call: Thenable<T>, timeoutMs: number): Promise<T> {
  const { promise: timeout, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error("The editor did not answer")), timeoutMs);
  try {
    return await Promise.race([call, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

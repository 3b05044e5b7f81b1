/** An answer that is not a success: status, JSON body and the headers that go with it. */
export interface ApiError {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** What may accompany an error in the usual shape `{error: {code, message, metadata?}}`. */
export interface ErrorExtras {
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Some errors name the caller's account, which clients must not log. */
  readonly userId?: string;
}

/** Builds an error in the usual shape. */
export function apiError(status: number, message: string, extras: ErrorExtras = {}): ApiError {
  return {
    status,
    headers: extras.headers ?? {},
    body: {
      error: { message, code: status, ...(extras.metadata && { metadata: extras.metadata }) },
      ...(extras.userId && { user_id: extras.userId }),
    },
  };
}

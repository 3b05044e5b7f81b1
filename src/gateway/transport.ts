/** One HTTP request. Redirects are errors: an API needs none, and a redirect would send body and key elsewhere. */
export interface TransportRequest {
  readonly url: string;
  readonly method: "GET" | "POST";
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal: AbortSignal;
}

export interface TransportResponse {
  readonly status: number;
  /** Header value by lower-case name. */
  header(name: string): string | undefined;
  readonly body: AsyncIterable<Uint8Array>;
}

/**
 * Both transports behind one function type. Rejects with whatever the network layer throws, or with a `WaybillError` where
 * the transport knows more: a proxy at fault, a redirect.
 */
export type Transport = (request: TransportRequest) => Promise<TransportResponse>;

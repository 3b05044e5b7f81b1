import { isSignInCode } from "./signInCode.ts";

/** The parts of a request to the machine's own port that decide; anybody can send one. */
export interface CallbackRequest {
  readonly method: string | undefined;
  /** As in the request line, for instance `/callback/…?code=…`. */
  readonly target: string | undefined;
  readonly host: string | undefined;
}

export interface ExpectedCallback {
  /** For instance `127.0.0.1:49152`; a page that points a name of its own at this machine has another one. */
  readonly host: string;
  /** Compares in constant time with the state that this sign-in was opened with. */
  readonly isState: (text: string) => boolean;
}

/** `denied`: the page came back without a code. */
export type CallbackVerdict =
  | { readonly kind: "code"; readonly code: string }
  | { readonly kind: "denied" }
  | { readonly kind: "refused"; readonly status: 400 | 404 | 405 | 421 };

/**
 * Whether a request is the one that the sign-in waits for. The state is part of the path, which the page must keep, since
 * it did not always hand it back as a parameter; where it does, that one must be right, too.
 */
export function judgeCallback(request: CallbackRequest, { host, isState }: ExpectedCallback): CallbackVerdict {
  if (request.host !== host) return { kind: "refused", status: 421 };
  const [, state = "", query = ""] = /^\/callback\/([\w-]+)(?:\?([^#]*))?$/.exec(request.target ?? "") ?? [];
  if (state === "" || !isState(state)) return { kind: "refused", status: 404 };
  if (request.method !== "GET") return { kind: "refused", status: 405 };
  const parameters = readParameters(query);
  if (parameters === undefined) return { kind: "refused", status: 400 };
  const handedBack = parameters.get("state");
  if (handedBack !== undefined && !isState(handedBack)) return { kind: "refused", status: 400 };
  const code = parameters.get("code");
  if (code === undefined) return { kind: "denied" };
  return isSignInCode(code) ? { kind: "code", code } : { kind: "refused", status: 400 };
}

/** `undefined` for a parameter that is there twice or cannot be read: which one would count is anybody's guess. */
function readParameters(query: string): ReadonlyMap<string, string> | undefined {
  const parameters = new Map<string, string>();
  for (const part of query.split("&").filter((each) => each !== "")) {
    const [name, value] = [part.split("=", 1)[0] ?? "", part.slice(part.indexOf("=") + 1)].map(decode);
    if (name === undefined || value === undefined || parameters.has(name)) return undefined;
    parameters.set(name, value);
  }
  return parameters;
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return undefined;
  }
}

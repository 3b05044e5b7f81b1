import { zodValidation } from "../errors/requestErrors.ts";
import type { Exchange } from "../http/exchange.ts";
import { sendError } from "../http/sendJson.ts";
import type { SimulatorState } from "../simulatorState.ts";

/**
 * `GET /auth`: the page where a person allows an app to have a key, or denies it. `decision=allow|deny` is the click: it sends
 * the browser to `callback_url`, with the code and `state` or with neither, or shows the code where there is no such address.
 * Source: OpenRouter OAuth PKCE.
 */
export function showLoginPage({ url, response }: Exchange, state: SimulatorState): void {
  const { searchParams: asked } = url;
  const callback = asked.get("callback_url");
  const codeChallenge = asked.get("code_challenge");
  const method = asked.get("code_challenge_method") === "plain" ? "plain" : "S256";
  if (callback !== null && !isAllowed(callback)) return sendError(response, zodValidation("callback_url"));
  if (callback === null && codeChallenge === null) return sendError(response, zodValidation("code_challenge"));
  const decision = asked.get("decision");
  if (decision !== "allow" && decision !== "deny") return sendPage(response, choices(url));
  const isAllowing = decision === "allow";
  const code = isAllowing
    ? state.authCodes.mint({ method, nowMs: state.now(), ...(codeChallenge !== null && { codeChallenge }) })
    : undefined;
  if (callback === null) return sendPage(response, code === undefined ? "<p>Denied.</p>" : `<code>${code}</code>`);
  const target = new URL(callback);
  if (code !== undefined) target.searchParams.set("code", code);
  const echoed = asked.get("state");
  if (code !== undefined && echoed !== null) target.searchParams.set("state", echoed);
  response.writeHead(302, { Location: target.href }).end();
}

/** Other schemes, an editor's own among them, are refused. */
function isAllowed(callback: string): boolean {
  if (!URL.canParse(callback)) return false;
  const { protocol, hostname } = new URL(callback);
  return protocol === "https:" || (protocol === "http:" && (hostname === "localhost" || hostname === "127.0.0.1"));
}

function choices({ pathname, search }: URL): string {
  const address = `${pathname}${search.replaceAll("&", "&amp;")}`;
  return `<a href="${address}&amp;decision=allow">Allow</a> <a href="${address}&amp;decision=deny">Deny</a>`;
}

function sendPage(response: Exchange["response"], content: string): void {
  response.writeHead(200, { "Content-Type": "text/html; charset=utf-8" }).end(`<!doctype html>${content}`);
}

import { ExtensionKind, ExtensionMode, ProgressLocation, UIKind, env, window } from "vscode";
import { toWaybillError } from "../../../core/errors/waybillError.ts";
import { DEFAULT_KEY_NAME } from "../../../core/keys/keyName.ts";
import { describeError } from "../../../core/problems/describeError.ts";
import { readPastedCode } from "../../../core/signIn/signInCode.ts";
import { signInAddress } from "../../../core/signIn/signInAddress.ts";
import type { ExchangeOutcome } from "../../../gateway/exchangeCode.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import { showProblem } from "../../platform/problemActions.ts";
import { openAddress } from "../../platform/openAddress.ts";
import { enterKey, keepKey } from "../key/enterKey.ts";
import { tellDeclined } from "../gateway/reviewGateway.ts";
import { openLoopbackServer } from "./loopbackServer.ts";
import { challengeOf, newSecret } from "./pkce.ts";
import { signInPageOf } from "./signInPage.ts";

/** Codes live as long. Source: OpenRouter OAuth PKCE. */
const WAIT_MS = 10 * 60 * 1000;

const ENTER_KEY = "Enter Key";
const AGAIN = "Sign In Again";
const PASTE = "Sign In With a Code";

export interface SignInOrder {
  /** What the person calls the key; the one that the settings choose when absent. */
  readonly keyName?: string;
  /** Ends with the next sign-in. */
  readonly signal: AbortSignal;
  readonly waitMs?: number;
  /** `code`: the page shows a code to paste, also where it could send the browser back. */
  readonly way?: "code";
}

/** One sign-in: the page it is for, and the secret whose hash the page is opened with. */
interface Attempt {
  readonly gatewayUrl: URL;
  readonly page: string;
  readonly verifier: string;
  readonly waitMs: number;
  readonly signal: AbortSignal;
}

/** `left`: the person stopped it. */
type Obtained = { readonly kind: "code"; readonly code: string } | { readonly kind: "denied" | "expired" | "left" };

/** Gets a key by the gateway's own page and keeps it like one that was entered. */
export async function signIn(services: ExtensionServices, order: SignInOrder): Promise<void> {
  const { gatewayUrl, keyChoice } = services.settings();
  const isDevelopment = services.context.extensionMode !== ExtensionMode.Production;
  const page = gatewayUrl === undefined ? undefined : signInPageOf(gatewayUrl, isDevelopment);
  if (gatewayUrl === undefined || page === undefined) return tellNoPage(services);
  if (!(await services.consents.obtain(gatewayUrl))) return tellDeclined(gatewayUrl);
  const { signal, waitMs = WAIT_MS } = order;
  const attempt: Attempt = { gatewayUrl, page, verifier: newSecret(), waitMs, signal };
  const isSentBack = order.way !== "code" && isBrowserHere(services);
  const obtained = isSentBack ? await waitForBrowser(attempt) : await askForCode(attempt);
  if (signal.aborted) return;
  const { host, origin } = gatewayUrl;
  if (obtained.kind !== "code") return tellNoCode(services, order, { kind: obtained.kind, host, isSentBack });
  const exchanged = await exchange(services, attempt, obtained.code).catch(async (error: unknown) => {
    services.log.error("sign-in", error);
    const context = { gatewayHost: host, modelName: undefined, wasSent: false, hasText: false };
    await showProblem(describeError(toWaybillError(error), context), () => signIn(services, order));
  });
  if (exchanged === undefined) return;
  if (exchanged.kind === "refused") {
    const sentence = `${host} did not accept the code: it was used before, is older than ten minutes, or belongs to another sign-in. Nothing was stored or charged.`;
    if ((await window.showWarningMessage(sentence, AGAIN)) === AGAIN) await signIn(services, order);
    return;
  }
  const keyName = order.keyName ?? (keyChoice.kind === "key" ? keyChoice.name : DEFAULT_KEY_NAME);
  await keepKey(services, { origin, host, keyName, key: exchanged.key });
}

/** The browser that opens the page reaches a port of the machine that this code runs on. */
function isBrowserHere({ context }: ExtensionServices): boolean {
  if (env.uiKind !== UIKind.Desktop) return false;
  return env.remoteName === undefined || context.extension.extensionKind === ExtensionKind.UI;
}

async function waitForBrowser(attempt: Attempt): Promise<Obtained> {
  const { page, verifier } = attempt;
  const state = newSecret();
  const server = await openLoopbackServer(state).catch(() => undefined);
  if (server === undefined) return askForCode(attempt);
  try {
    const callback = { url: server.callbackUrl, state };
    if (!(await openAddress(signInAddress({ page, challenge: challengeOf(verifier), callback }))))
      return { kind: "left" };
    return await waitWithProgress(server.outcome, attempt);
  } finally {
    server.close();
  }
}

async function askForCode({ page, verifier }: Attempt): Promise<Obtained> {
  if (!(await openAddress(signInAddress({ page, challenge: challengeOf(verifier) })))) return { kind: "left" };
  const pasted = await window.showInputBox({
    title: `Sign in at ${new URL(page).host}`,
    prompt: "Paste the code that the page shows. It works once, within ten minutes, and in this window only.",
    password: true,
    ignoreFocusOut: true,
    validateInput: (value) =>
      value.trim() === "" || readPastedCode(value) !== undefined ? undefined : "This is no code of the page.",
  });
  const code = readPastedCode(pasted ?? "");
  return code === undefined ? { kind: "left" } : { kind: "code", code };
}

/** Cannot be stopped: the gateway makes a key of the code at once, and nobody would know of it. It has time limits. */
async function exchange(
  { engine }: ExtensionServices,
  { gatewayUrl, verifier }: Attempt,
  code: string,
): Promise<ExchangeOutcome> {
  const options = { location: ProgressLocation.Notification, title: `Getting the key from ${gatewayUrl.host}…` };
  const { signal } = new AbortController();
  const loaded = await engine.get();
  return window.withProgress(options, () => loaded.exchangeCode({ baseUrl: gatewayUrl, code, verifier }, signal));
}

/** Waits until the page has sent the browser back, the person stops it, or it takes too long. */
function waitWithProgress(outcome: Promise<Obtained>, { page, waitMs, signal }: Attempt): Thenable<Obtained> {
  const title = `Waiting for the page of ${new URL(page).host}…`;
  const options = { location: ProgressLocation.Notification, title, cancellable: true };
  return window.withProgress(options, async (_progress, token) => {
    const { promise: ended, resolve } = Promise.withResolvers<Obtained>();
    const timer = setTimeout(() => resolve({ kind: "expired" }), waitMs);
    const leave = () => resolve({ kind: "left" });
    const cancellation = token.onCancellationRequested(leave);
    if (signal.aborted) leave();
    signal.addEventListener("abort", leave);
    try {
      return await Promise.race([outcome, ended]);
    } finally {
      clearTimeout(timer);
      cancellation.dispose();
      signal.removeEventListener("abort", leave);
    }
  });
}

async function tellNoPage(services: ExtensionServices): Promise<void> {
  const host = services.settings().gatewayUrl?.host ?? "the address of your settings";
  const sentence = `Signing in works with OpenRouter only; for ${host} a key is entered. Nothing was sent or stored.`;
  if ((await window.showInformationMessage(sentence, ENTER_KEY)) === ENTER_KEY) await enterKey(services);
}

interface NoCode {
  readonly kind: "denied" | "expired" | "left";
  readonly host: string;
  readonly isSentBack: boolean;
}

async function tellNoCode(services: ExtensionServices, order: SignInOrder, outcome: NoCode): Promise<void> {
  const { kind, host, isSentBack } = outcome;
  if (kind === "left" && !isSentBack) return;
  const sentence = `${describeNoCode(kind, host)} Nothing was stored or charged.`;
  const action = kind === "denied" ? AGAIN : PASTE;
  const choice = await window.showInformationMessage(sentence, action);
  if (choice === AGAIN) await signIn(services, order);
  if (choice === PASTE) await signIn(services, { ...order, way: "code" });
}

function describeNoCode(kind: NoCode["kind"], host: string): string {
  switch (kind) {
    case "denied":
      return `The sign-in was refused on the page of ${host}.`;
    case "expired":
      return `The page of ${host} did not come back within ten minutes; where the browser cannot reach this machine, it can show you a code instead.`;
    case "left":
      return `The sign-in at ${host} was stopped; where the browser cannot reach this machine, it can show you a code instead.`;
  }
}

import type { Memento } from "vscode";
import { wayTo } from "../../gateway/gatewayWay.ts";

/** The one gateway that Waybill is made for; installing Waybill is the word for it. */
const DEFAULT_ORIGIN = "https://openrouter.ai";

const CONSENT = "waybill.gateway ";

/** A gateway on this machine needs none: nothing leaves by it, and it gets no key but one that was entered for it. */
export function needsConsent(gatewayUrl: URL): boolean {
  return gatewayUrl.origin !== DEFAULT_ORIGIN && wayTo(gatewayUrl) !== "loopback";
}

/**
 * Which gateways the person allowed to get questions and code. The setting alone does not do: a file of settings may be
 * edited by others, or come from another machine. Kept beside the key's marker, where no workspace can write, and bound to
 * the origin, so that another port or scheme is asked for anew.
 */
export class GatewayConsents {
  readonly #memento: Memento;
  readonly #ask: (gatewayUrl: URL) => Promise<boolean>;
  /** Questions that are on the screen, so that several requests at once ask one. */
  readonly #asking = new Map<string, Promise<boolean>>();

  /** `ask` shows what an allowance means and answers whether it was given. */
  constructor(memento: Memento, ask: (gatewayUrl: URL) => Promise<boolean>) {
    this.#memento = memento;
    this.#ask = ask;
  }

  has(gatewayUrl: URL): boolean {
    return !needsConsent(gatewayUrl) || this.#memento.get(CONSENT + gatewayUrl.origin) === true;
  }

  /** Asks the person unless the gateway is allowed already. */
  async obtain(gatewayUrl: URL): Promise<boolean> {
    if (this.has(gatewayUrl)) return true;
    const { origin } = gatewayUrl;
    const asking = this.#asking.get(origin) ?? this.#askAndKeep(gatewayUrl);
    this.#asking.set(origin, asking);
    return asking.finally(() => this.#asking.delete(origin));
  }

  async withdraw({ origin }: URL): Promise<void> {
    await this.#memento.update(CONSENT + origin, undefined);
  }

  async #askAndKeep(gatewayUrl: URL): Promise<boolean> {
    const isAllowed = await this.#ask(gatewayUrl);
    if (isAllowed) await this.#memento.update(CONSENT + gatewayUrl.origin, true);
    return isAllowed;
  }
}

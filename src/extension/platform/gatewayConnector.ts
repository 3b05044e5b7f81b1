import { WaybillError } from "../../core/errors/waybillError.ts";
import type { KeyId } from "../../core/keys/keyName.ts";
import { type CodeExchange, type ExchangeOutcome, exchangeCode } from "../../gateway/exchangeCode.ts";
import type { Gateway } from "../../gateway/gateway.ts";
import { capabilitiesOf } from "../../gateway/gatewayCapabilities.ts";
import { createOpenRouterGateway, type GatewayCredential } from "../../gateway/openRouterGateway.ts";
import type { ProxySettings } from "../../gateway/proxySettings.ts";
import { type TransportSelection, selectTransport } from "../../gateway/selectTransport.ts";
import { RequestLimiter } from "../../turn/requestLimiter.ts";
import { GATEWAY_RULE, type Settings } from "./readSettings.ts";

export interface ConnectorOptions {
  readonly settings: () => Settings;
  readonly network: () => ProxySettings;
  readonly credential: (id: KeyId) => Promise<GatewayCredential | undefined>;
  /** Whether the person allowed this gateway to get anything at all. */
  readonly mayUse: (gatewayUrl: URL) => boolean;
}

/** The way to the gateway as the settings have it at the moment. */
export interface GatewayConnection {
  readonly gateway: Gateway;
  readonly transport: TransportSelection;
  readonly limiter: RequestLimiter;
}

/**
 * Makes each part of the connection anew when a setting of that part changes, so that a change counts from the next
 * request on while those under way keep what they began with.
 */
export class GatewayConnector {
  readonly #options: ConnectorOptions;
  readonly #transport = new Kept<TransportSelection>();
  readonly #gateway = new Kept<Gateway>();
  /** Outlives the others: the gateway still counts what was sent before. */
  readonly #limiter = new Kept<RequestLimiter>();

  constructor(options: ConnectorOptions) {
    this.#options = options;
  }

  /**
   * Throws `settings-invalid` when the gateway's address makes no sense, the choice of its key, or the privacy, and
   * `gateway-not-allowed` when nobody allowed it.
   */
  connect(): GatewayConnection {
    const { keyChoice, privacyProblem, dialect, timeouts, requestLimits, prices, namesApp } = this.#options.settings();
    const { gatewayUrl, way, transport } = this.#openWay();
    if (keyChoice.kind === "unclear") throw settingsInvalid(keyChoice.detail);
    if (privacyProblem !== undefined) throw settingsInvalid(privacyProblem);
    const { name } = keyChoice;
    const gateway = this.#gateway.get([way, dialect, timeouts, name, prices, namesApp], () => this.#buildGateway(name));
    const limiter = this.#limiter.get([gatewayUrl.origin, requestLimits], () => new RequestLimiter(requestLimits));
    return { gateway, transport, limiter };
  }

  /** The gateway with a key that is not necessarily the chosen one, for looking at the key. */
  gatewayWithKey(keyName: string): Gateway {
    return this.#buildGateway(keyName);
  }

  /** Rejects with `settings-invalid` when another gateway was chosen since the person signed in. */
  async exchangeCode(exchange: CodeExchange, signal: AbortSignal): Promise<ExchangeOutcome> {
    const { gatewayUrl, transport } = this.#openWay();
    if (gatewayUrl.href === exchange.baseUrl.href) return exchangeCode(transport.send, exchange, signal);
    throw settingsInvalid("waybill.gateway.url was changed during the sign-in");
  }

  #openWay(): { readonly gatewayUrl: URL; readonly way: unknown; readonly transport: TransportSelection } {
    const { gatewayUrl, transport: choice } = this.#options.settings();
    if (gatewayUrl === undefined) throw settingsInvalid(`waybill.gateway.url must be ${GATEWAY_RULE}`);
    if (!this.#options.mayUse(gatewayUrl)) throw notAllowed(gatewayUrl);
    const network = this.#options.network();
    const way = [gatewayUrl.href, choice, network];
    const transport = this.#transport.get(way, (previous) => {
      void previous?.close();
      return selectTransport(choice, gatewayUrl, network);
    });
    return { gatewayUrl, way, transport };
  }

  #buildGateway(keyName: string): Gateway {
    const { dialect, timeouts, prices, namesApp } = this.#options.settings();
    const { gatewayUrl, transport } = this.#openWay();
    const capabilities = capabilitiesOf(dialect);
    return createOpenRouterGateway({
      baseUrl: gatewayUrl,
      transport: transport.send,
      credential: () => this.#options.credential({ origin: gatewayUrl.origin, name: keyName }),
      keyName,
      now: () => Date.now(),
      timeouts,
      prices,
      namesApp,
      // As the settings are when a request leaves, whatever the turn began with.
      privacy: () => this.#options.settings().policies.base.privacy,
      ...(capabilities === undefined ? {} : { capabilities }),
    });
  }

  /** Waits for no answer: a window that closes has less than a second. */
  async close(): Promise<void> {
    await this.#transport.value?.destroy();
  }
}

/** A value and the settings it was made from. */
class Kept<Value> {
  value: Value | undefined;
  #madeFrom: string | undefined;

  get(settings: unknown, make: (previous: Value | undefined) => Value): Value {
    const madeFrom = JSON.stringify(settings);
    if (this.value === undefined || this.#madeFrom !== madeFrom) {
      this.value = make(this.value);
      this.#madeFrom = madeFrom;
    }
    return this.value;
  }
}

function notAllowed({ origin }: URL): WaybillError {
  return new WaybillError("gateway-not-allowed", "Nobody allowed this gateway", { isUncharged: true, detail: origin });
}

function settingsInvalid(detail: string): WaybillError {
  return new WaybillError("settings-invalid", "A setting makes no sense", { isUncharged: true, detail });
}

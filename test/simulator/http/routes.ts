import { answerChat } from "../chat/answerChat.ts";
import { exchangeCode, getCredits, getKey } from "../endpoints/accountEndpoints.ts";
import * as control from "../endpoints/controlPanel.ts";
import { getGeneration } from "../endpoints/getGeneration.ts";
import { listModelEndpoints, listProviders, listZdrEndpoints } from "../endpoints/listEndpoints.ts";
import { countModels, getModel, listModels, listUserModels } from "../endpoints/listModels.ts";
import { showLoginPage } from "../endpoints/loginPage.ts";
import type { FaultTarget } from "../faults/fault.ts";
import type { SimulatorState } from "../simulatorState.ts";
import type { Exchange } from "./exchange.ts";

/** One path of the API. Paths without a fault target are the simulator's own and never faulted. */
export interface ApiRoute {
  readonly method: "GET" | "POST";
  readonly path: RegExp;
  readonly target?: FaultTarget;
  readonly handle: (exchange: Exchange, state: SimulatorState) => void | Promise<void>;
}

/** Every path the simulator answers; the first that matches wins. */
export const API_ROUTES: readonly ApiRoute[] = [
  { method: "POST", path: /^\/api\/v1\/chat\/completions$/, target: "chat", handle: answerChat },
  { method: "GET", path: /^\/api\/v1\/models$/, target: "models", handle: listModels },
  { method: "GET", path: /^\/api\/v1\/models\/user$/, target: "models", handle: listUserModels },
  { method: "GET", path: /^\/api\/v1\/models\/count$/, target: "models", handle: countModels },
  { method: "GET", path: /^\/api\/v1\/models\/.+\/endpoints$/, target: "endpoints", handle: listModelEndpoints },
  { method: "GET", path: /^\/api\/v1\/model\/.+$/, target: "models", handle: getModel },
  { method: "GET", path: /^\/api\/v1\/endpoints\/zdr$/, target: "endpoints", handle: listZdrEndpoints },
  { method: "GET", path: /^\/api\/v1\/providers$/, target: "providers", handle: listProviders },
  { method: "GET", path: /^\/api\/v1\/generation$/, target: "generation", handle: getGeneration },
  { method: "GET", path: /^\/api\/v1\/key$/, target: "key", handle: getKey },
  { method: "GET", path: /^\/api\/v1\/credits$/, target: "credits", handle: getCredits },
  { method: "POST", path: /^\/api\/v1\/auth\/keys$/, target: "auth", handle: exchangeCode },
  { method: "GET", path: /^\/auth$/, handle: showLoginPage },
  { method: "POST", path: /^\/__simulator\/faults$/, handle: control.scriptFaults },
  { method: "POST", path: /^\/__simulator\/reset$/, handle: control.resetState },
  { method: "POST", path: /^\/__simulator\/keys$/, handle: control.addKey },
  { method: "POST", path: /^\/__simulator\/auth-codes$/, handle: control.mintAuthCode },
  { method: "GET", path: /^\/__simulator\/books$/, handle: control.showBooks },
  { method: "GET", path: /^\/__simulator\/requests$/, handle: control.showRequests },
];

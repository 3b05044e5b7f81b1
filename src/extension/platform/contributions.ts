/** Every id that `package.json` contributes. A test holds the two against each other in both directions. */
export const COMMANDS = {
  openChat: "waybill.openChat",
  newChat: "waybill.newChat",
  stopAnswer: "waybill.stopAnswer",
  explain: "waybill.explain",
  fix: "waybill.fix",
  acceptProposal: "waybill.acceptProposal",
  dropProposal: "waybill.dropProposal",
  enterKey: "waybill.enterKey",
  removeKey: "waybill.removeKey",
  testConnection: "waybill.testConnection",
  reconcile: "waybill.reconcile",
  setWorkspaceBudget: "waybill.setWorkspaceBudget",
  startNewLedger: "waybill.startNewLedger",
  showMenu: "waybill.showMenu",
  showLog: "waybill.showLog",
} as const;

export type CommandId = (typeof COMMANDS)[keyof typeof COMMANDS];

export const SETTINGS = {
  gatewayUrl: "waybill.gateway.url",
  gatewayTransport: "waybill.gateway.transport",
  gatewayDialect: "waybill.gateway.dialect",
  firstByteTimeout: "waybill.gateway.firstByteTimeout",
  idleTimeout: "waybill.gateway.idleTimeout",
  totalTimeout: "waybill.gateway.totalTimeout",
  maxConcurrentRequests: "waybill.gateway.maxConcurrentRequests",
  requestsPerMinute: "waybill.gateway.requestsPerMinute",
  userPerDay: "waybill.budget.userPerDay",
  workspacePerDay: "waybill.budget.workspacePerDay",
  profile: "waybill.routing.profile",
  pins: "waybill.routing.pins",
  providers: "waybill.routing.providers",
  fallback: "waybill.routing.fallback",
  fallbackPriceFactor: "waybill.routing.fallbackPriceFactor",
  maxTokens: "waybill.answers.maxTokens",
} as const;

export type SettingKey = (typeof SETTINGS)[keyof typeof SETTINGS];

export const CHAT_VIEW = "waybill.chat";

export const CONTEXT_KEYS = {
  /** An answer is being written into the chat. */
  isAnswering: "waybill.isAnswering",
} as const;

/** Scheme of the right side of a proposal's diff. */
export const PROPOSAL_SCHEME = "waybill-proposal";

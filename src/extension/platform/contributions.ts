/** Every id that `package.json` contributes. A test holds the two against each other in both directions. */
export const COMMANDS = {
  openChat: "waybill.openChat",
  newChat: "waybill.newChat",
  openChatInEditor: "waybill.openChatInEditor",
  showChatInSideBar: "waybill.showChatInSideBar",
  stopAnswer: "waybill.stopAnswer",
  compareModels: "waybill.compareModels",
  showChats: "waybill.showChats",
  exportChat: "waybill.exportChat",
  importChat: "waybill.importChat",
  explain: "waybill.explain",
  fix: "waybill.fix",
  fixAll: "waybill.fixAll",
  refactor: "waybill.refactor",
  writeTests: "waybill.writeTests",
  document: "waybill.document",
  simplify: "waybill.simplify",
  addTypes: "waybill.addTypes",
  reviewSelection: "waybill.reviewSelection",
  acceptProposal: "waybill.acceptProposal",
  dropProposal: "waybill.dropProposal",
  writeCommitMessage: "waybill.writeCommitMessage",
  stopCommitMessage: "waybill.stopCommitMessage",
  reviewStaged: "waybill.reviewStaged",
  applyFinding: "waybill.applyFinding",
  dismissFinding: "waybill.dismissFinding",
  dismissAllFindings: "waybill.dismissAllFindings",
  explainTerminalError: "waybill.explainTerminalError",
  suggestCommand: "waybill.suggestCommand",
  inlineEdit: "waybill.inlineEdit",
  acceptChange: "waybill.acceptChange",
  rejectChange: "waybill.rejectChange",
  acceptAllChanges: "waybill.acceptAllChanges",
  rejectAllChanges: "waybill.rejectAllChanges",
  nextChange: "waybill.nextChange",
  previousChange: "waybill.previousChange",
  cancelInlineEdit: "waybill.cancelInlineEdit",
  refineInlineEdit: "waybill.refineInlineEdit",
  strongerInlineEdit: "waybill.strongerInlineEdit",
  otherModelInlineEdit: "waybill.otherModelInlineEdit",
  showWaitingChanges: "waybill.showWaitingChanges",
  enterKey: "waybill.enterKey",
  signIn: "waybill.signIn",
  manageKeys: "waybill.manageKeys",
  reviewGateway: "waybill.reviewGateway",
  findLocalServers: "waybill.findLocalServers",
  testConnection: "waybill.testConnection",
  showRecords: "waybill.showRecords",
  showOutbox: "waybill.showOutbox",
  correctTask: "waybill.correctTask",
  whatWouldYouPick: "waybill.whatWouldYouPick",
  browseModels: "waybill.browseModels",
  showRouting: "waybill.showRouting",
  showSpend: "waybill.showSpend",
  reconcile: "waybill.reconcile",
  showKeyLimits: "waybill.showKeyLimits",
  setWorkspaceBudget: "waybill.setWorkspaceBudget",
  setWorkspacePrivacy: "waybill.setWorkspacePrivacy",
  startNewLedger: "waybill.startNewLedger",
  showFolderChanges: "waybill.showFolderChanges",
  showMenu: "waybill.showMenu",
  showLog: "waybill.showLog",
  copyDiagnostics: "waybill.copyDiagnostics",
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
  gatewayPrices: "waybill.gateway.prices",
  userPerDay: "waybill.budget.userPerDay",
  userPerWeek: "waybill.budget.userPerWeek",
  userPerMonth: "waybill.budget.userPerMonth",
  workspacePerDay: "waybill.budget.workspacePerDay",
  workspacePerWeek: "waybill.budget.workspacePerWeek",
  workspacePerMonth: "waybill.budget.workspacePerMonth",
  perRequest: "waybill.budget.perRequest",
  perChat: "waybill.budget.perChat",
  keyPerMonth: "waybill.budget.keyPerMonth",
  tokensPerDay: "waybill.budget.tokensPerDay",
  budgetRequestsPerMinute: "waybill.budget.requestsPerMinute",
  onExceed: "waybill.budget.onExceed",
  askAbove: "waybill.budget.askAbove",
  alertAt: "waybill.budget.alertAt",
  profile: "waybill.routing.profile",
  allow: "waybill.routing.allow",
  deny: "waybill.routing.deny",
  qualityFloor: "waybill.routing.qualityFloor",
  maxPromptPrice: "waybill.routing.maxPromptPrice",
  maxCompletionPrice: "waybill.routing.maxCompletionPrice",
  pins: "waybill.routing.pins",
  tasks: "waybill.routing.tasks",
  providers: "waybill.routing.providers",
  fallback: "waybill.routing.fallback",
  fallbackPriceFactor: "waybill.routing.fallbackPriceFactor",
  providerPriceFactor: "waybill.routing.providerPriceFactor",
  climb: "waybill.routing.climb",
  climbBudget: "waybill.routing.climbBudget",
  whenSpent: "waybill.routing.whenSpent",
  workspacePolicy: "waybill.routing.workspacePolicy",
  maxTokens: "waybill.answers.maxTokens",
  reasoningEffort: "waybill.answers.reasoningEffort",
  temperature: "waybill.answers.temperature",
  environment: "waybill.environment",
  environments: "waybill.environments",
  keysOfWorkspaces: "waybill.keys.workspaces",
  privacyDefault: "waybill.privacy.default",
  privacyOfWorkspaces: "waybill.privacy.workspaces",
  keepSentText: "waybill.outbox.keepText",
  attributionUser: "waybill.attribution.user",
  attributionSession: "waybill.attribution.sendSession",
  attributionMetadata: "waybill.attribution.metadata",
  attributionApp: "waybill.attribution.app",
  chatInstructions: "waybill.chat.instructions",
  chatNearbySymbols: "waybill.chat.nearbySymbols",
  maskSecrets: "waybill.context.maskSecrets",
  autoTitle: "waybill.chat.autoTitle",
  condenseAt: "waybill.chat.condenseAt",
  rememberErrors: "waybill.terminal.rememberErrors",
  inlineEditKey: "waybill.inlineEdit.key",
} as const;

export type SettingKey = (typeof SETTINGS)[keyof typeof SETTINGS];

/** The submenu of the editor. */
export const EDITOR_MENU = "waybill.editor";

export const CHAT_VIEW = "waybill.chat";

/** The chat as an editor tab. */
export const CHAT_TAB = "waybill.chatTab";

export const CONTEXT_KEYS = {
  /** An answer is being written into the chat. */
  isAnswering: "waybill.isAnswering",
  /** A commit message is being written. */
  isWritingCommitMessage: "waybill.isWritingCommitMessage",
  /** An inline edit of the active editor is open. */
  isEditingInline: "waybill.isEditingInline",
} as const;

/** Scheme of the right side of a proposal's diff. */
export const PROPOSAL_SCHEME = "waybill-proposal";

/** Scheme of the table that compares models. */
export const COMPARISON_SCHEME = "waybill-comparison";

/** Scheme of what goes along with a question, as it is sent. */
export const CONTEXT_SCHEME = "waybill-context";

/** Scheme of the page that tells how models did. */
export const RECORDS_SCHEME = "waybill-records";

/** Scheme of the page that tells what was sent. */
export const OUTBOX_SCHEME = "waybill-outbox";

/** Scheme of the page that tells what the open folders change. */
export const FOLDER_SCHEME = "waybill-folder";

/** Scheme of the page that tells how this window does. */
export const DIAGNOSTICS_SCHEME = "waybill-diagnostics";

/** Scheme of the page that lists what a review found. */
export const REVIEW_SCHEME = "waybill-review";

/** Who the comments of a review belong to; menus ask for it. */
export const COMMENT_CONTROLLER = "waybill.review";

/** User settings of VS Code, by their full ids. */
export type VscodeSettings = Readonly<Record<string, unknown>>;

/** The four kinds of colour theme VS Code has. */
export type WorkbenchTheme = "light" | "dark" | "highContrast" | "highContrastLight";

/** The id of the built-in theme of each kind. */
const THEME_IDS: Readonly<Record<WorkbenchTheme, string>> = {
  light: "Light Modern",
  dark: "Dark Modern",
  highContrast: "Default High Contrast",
  highContrastLight: "Default High Contrast Light",
};

/** Keeps VS Code from calling home, from suggesting things and from showing its own assistant. */
const QUIET_SETTINGS: VscodeSettings = {
  "telemetry.telemetryLevel": "off",
  "telemetry.feedback.enabled": false,
  "workbench.enableExperiments": false,
  "workbench.settings.enableNaturalLanguageSearch": false,
  "window.autoDetectColorScheme": false,
  "window.autoDetectHighContrast": false,
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "workbench.welcomePage.walkthroughs.openOnInstall": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "update.mode": "none",
  "update.showReleaseNotes": false,
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "extensions.ignoreRecommendations": true,
  "chat.disableAIFeatures": true,
  "chat.agentHost.claudeAgent.enabled": false,
  "chat.agentHost.codexAgent.enabled": false,
  "chat.agentHost.githubMcpServer.enabled": false,
  "chat.commandCenter.enabled": false,
  "chat.mcp.discovery.enabled": {},
  "git.openRepositoryInParentFolders": "never",
  "git.autofetch": false,
  "github.gitAuthentication": false,
  "npm.fetchOnlinePackageInfo": false,
  "json.schemaDownload.enable": false,
  "typescript.disableAutomaticTypeAcquisition": true,
  "typescript.surveys.enabled": false,
  "security.workspace.trust.startupPrompt": "never",
  "security.workspace.trust.banner": "never",
  // One request a question, so that tests can count them.
  "waybill.chat.autoTitle": false,
  // A language server answers when it is ready, and what goes along with a question must not depend on that.
  "waybill.chat.nearbySymbols": false,
};

/** Everything a window of the server host can be asked to look like. */
export interface SettingsRequest {
  readonly settings?: VscodeSettings;
  readonly theme?: WorkbenchTheme;
  /** `false` opens the folder in Restricted Mode. Absent: trusted. */
  readonly trusted?: boolean;
}

/** The user settings for a window: quiet, then theme and trust, then what the caller asks for. */
export function settingsFor(request: SettingsRequest): VscodeSettings {
  return {
    ...QUIET_SETTINGS,
    "workbench.colorTheme": THEME_IDS[request.theme ?? "dark"],
    "security.workspace.trust.enabled": request.trusted === false,
    ...request.settings,
  };
}

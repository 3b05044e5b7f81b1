import type { ExtensionContext } from "vscode";
import type { FixProposals } from "../features/codeActions/fixProposals.ts";
import type { InlineEdits } from "../features/inlineEdit/inlineEdits.ts";
import type { GatewayConsents } from "./gatewayConsents.ts";
import type { LazyEngine } from "./lazyEngine.ts";
import type { Log } from "./log.ts";
import type { Settings } from "./readSettings.ts";
import type { KeyVault } from "./secrets.ts";
import type { SpendMonitor } from "./spendMonitor.ts";
import type { DisposableStore } from "./disposableStore.ts";

/** What `extension.ts` builds and every feature works with. */
export interface ExtensionServices {
  readonly context: ExtensionContext;
  readonly log: Log;
  readonly settings: () => Settings;
  readonly keys: KeyVault;
  readonly consents: GatewayConsents;
  readonly engine: LazyEngine;
  readonly spend: SpendMonitor;
  readonly disposables: DisposableStore;
  /** Changes of files that wait for the person's word. Loaded with the first. */
  readonly proposals: () => Promise<FixProposals>;
  /** Changes that wait in the document itself. Loaded with the first. */
  readonly inlineEdits: () => Promise<InlineEdits>;
}

import { html, nothing, type PropertyDeclarations } from "lit";
import "@vscode-elements/elements/dist/vscode-button/vscode-button.js";
import type { KeyState } from "../../protocol/chatMessages.ts";
import { requestFromChat } from "./chatRequest.ts";
import { GuardedElement } from "../shared/guardedElement.ts";
import { baseStyles } from "../shared/styles/baseStyles.ts";
import { bannerStyles } from "../shared/styles/bannerStyles.ts";
import { iconStyles } from "../shared/styles/iconStyles.ts";

/** Says what is wrong with the key and lets the person enter one. Nothing is shown while all is well. */
class WaybillKeyBanner extends GuardedElement {
  static override properties: PropertyDeclarations = {
    keyState: { attribute: false },
    keyName: { attribute: false },
  };
  static override styles = [baseStyles, iconStyles, bannerStyles];

  declare keyState: KeyState | undefined;
  /** `undefined` for the default key. */
  declare keyName: string | undefined;

  protected override render() {
    switch (this.keyState) {
      case "none":
        return this.renderMissing(
          this.keyName === undefined
            ? "Waybill needs your OpenRouter key before it can ask a model. You can type already."
            : `Your settings choose the key ${this.keyName} here, and it is not on this machine. No other key is used instead. You can type already.`,
        );
      case "unreadable":
        return this.renderMissing(
          `Your stored ${this.keyName === undefined ? "OpenRouter key" : `key ${this.keyName}`} can no longer be read. Enter it again to go on; nothing you typed is lost.`,
        );
      case "unclear":
        return html`<div class="banner warning" role="status">
          <span class="icon icon-key"></span>
          <span class="sentence">Your settings do not say clearly which key pays here, so nothing is sent.</span>
          <vscode-button @click=${this.onOpenSettings}>Open settings</vscode-button>
        </div>`;
      case "session-only":
        return html`<div class="banner info" role="status">
          <span class="icon icon-info"></span>
          <span class="sentence">This machine cannot store your key, so it is forgotten when the window closes.</span>
        </div>`;
      case "present":
      case "not-needed":
      case undefined:
        return nothing;
    }
  }

  private renderMissing(sentence: string) {
    return html`<div class="banner warning" role="status">
      <span class="icon icon-key"></span>
      <span class="sentence">${sentence}</span>
      <vscode-button @click=${this.onEnterKey}>Enter key</vscode-button>
    </div>`;
  }

  private readonly onEnterKey = (): void => {
    requestFromChat(this, { type: "run-action", action: "enter-key" });
  };

  private readonly onOpenSettings = (): void => {
    requestFromChat(this, { type: "run-action", action: "open-settings" });
  };
}

customElements.define("waybill-key-banner", WaybillKeyBanner);

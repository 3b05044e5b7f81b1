import { css, html } from "lit";
import "@vscode-elements/elements/dist/vscode-button/vscode-button.js";
import { GuardedElement } from "../shared/guardedElement.ts";
import { baseStyles } from "../shared/styles/baseStyles.ts";
import { bannerStyles } from "../shared/styles/bannerStyles.ts";
import { iconStyles } from "../shared/styles/iconStyles.ts";

/** Says that a part of the view could not be shown. Fires `reload` when the person wants it built anew. */
class WaybillFailure extends GuardedElement {
  static override styles = [
    baseStyles,
    iconStyles,
    bannerStyles,
    css`
      .banner {
        margin: 8px 12px 0;
      }
    `,
  ];

  protected override render() {
    return html`<div class="banner error" role="alert">
      <span class="icon icon-error"></span>
      <span class="sentence">
        A part of this view could not be shown. Your chat and what you typed are safe; reload the view to see them.
      </span>
      <vscode-button secondary @click=${() => this.dispatchEvent(new Event("reload"))}>Reload</vscode-button>
    </div>`;
  }
}

customElements.define("waybill-failure", WaybillFailure);

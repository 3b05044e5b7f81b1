import { css, html, nothing, type PropertyDeclarations } from "lit";
import type { SourceView } from "../../protocol/chatMessages.ts";
import { GuardedElement } from "../shared/guardedElement.ts";
import { baseStyles } from "../shared/styles/baseStyles.ts";
import { iconStyles } from "../shared/styles/iconStyles.ts";
import { requestFromChat } from "./chatRequest.ts";
import { isOpenableLink } from "./markdown/isOpenableLink.ts";
import { foldStyles } from "./styles/foldStyles.ts";
import { linkStyles } from "./styles/linkStyles.ts";

/** The pages that an answer names, folded. A link has no address of its own: it only asks the host to open one. */
class WaybillSources extends GuardedElement {
  static override properties: PropertyDeclarations = { sources: { attribute: false } };
  static override styles = [
    baseStyles,
    iconStyles,
    foldStyles,
    linkStyles,
    css`
      ol {
        margin: 4px 0 0;
        padding-inline-start: 26px;
      }
      li {
        margin-bottom: 2px;
        overflow-wrap: anywhere;
      }
      bdi {
        unicode-bidi: isolate;
      }
      .host {
        display: inline-block;
        max-width: 100%;
        color: var(--vscode-descriptionForeground);
      }
    `,
  ];

  declare sources: readonly SourceView[];

  constructor() {
    super();
    this.sources = [];
  }

  protected override render() {
    const shown = this.sources.filter(({ url }) => isOpenableLink(url));
    if (shown.length === 0) return nothing;
    return html`<details>
      <summary><span class="icon icon-chevron-right"></span>Sources (${shown.length})</summary>
      <ol>
        ${shown.map((source) => this.renderSource(source))}
      </ol>
    </details>`;
  }

  /** Where it leads is always seen, whatever it calls itself. */
  private renderSource({ url, title }: SourceView) {
    const { host } = new URL(url);
    const open = () => requestFromChat(this, { type: "open-link", href: url });
    const onKeydown = ({ key }: KeyboardEvent) => void (key === "Enter" && open());
    return html`<li>
      <a role="link" tabindex="0" title=${url} @click=${open} @keydown=${onKeydown}
        ><bdi>${title === "" ? host : title}</bdi></a
      >
      ${title === "" ? nothing : html`<span class="host">${host}</span>`}
    </li>`;
  }
}

customElements.define("waybill-sources", WaybillSources);

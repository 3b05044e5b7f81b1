import { html, type PropertyDeclarations, type PropertyValues } from "lit";
import { createRef, ref } from "lit/directives/ref.js";
import { CHAT_COMMANDS_OFFERED, type SlashChoice, TASK_COMMANDS } from "../../../protocol/slashChoices.ts";
import { GuardedElement } from "../../shared/guardedElement.ts";
import { baseStyles } from "../../shared/styles/baseStyles.ts";
import { iconStyles } from "../../shared/styles/iconStyles.ts";
import { helpStyles } from "../styles/helpStyles.ts";

const KEYS: readonly (readonly [string, string])[] = [
  ["Enter", "Send; while an answer is written: ask it next"],
  ["Shift+Enter", "New line"],
  ["Escape", "Close what is open; stop the answer"],
  ["↑ ↓", "Questions of before, in an empty field"],
  ["/", "Commands, at the beginning"],
  ["@", "Add files, symbols, problems and more"],
  ["Backspace", "At the beginning: take off what was added last"],
  ["Home End", "To the first and the newest message, outside the field"],
  ["Tab", "Through all that can be clicked, as it is seen"],
];

/** Keys and commands of the chat. It opens with each growth of `requests`, and the keyboard goes back where it was. */
class WaybillHelp extends GuardedElement {
  static override properties: PropertyDeclarations = { requests: { attribute: false } };
  static override styles = [baseStyles, iconStyles, helpStyles];

  declare requests: number;
  private readonly dialog = createRef<HTMLDialogElement>();

  constructor() {
    super();
    this.requests = 0;
  }

  protected override updated(changed: PropertyValues<this>): void {
    const before = changed.get("requests");
    const dialog = this.dialog.value;
    if (before !== undefined && before < this.requests && dialog?.open === false) dialog.showModal();
  }

  protected override render() {
    return html`<dialog ${ref(this.dialog)} aria-labelledby="title" @keydown=${keepEscape} @click=${this.onClick}>
      <div class="sheet">
        <header>
          <h2 id="title">Keys and commands</h2>
          <button
            type="button"
            class="icon-button icon icon-close"
            aria-label="Close"
            title="Close (Escape)"
            @click=${this.close}
          ></button>
        </header>
        <h3>Keys</h3>
        <dl>
          ${KEYS.map(
            ([key, does]) =>
              html`<dt><kbd>${key}</kbd></dt>
                <dd>${does}</dd>`,
          )}
        </dl>
        <p>
          Hold <kbd>Shift</kbd> while you drop files here. Images can be pasted or dropped: PNG, JPEG, WebP and GIF up
          to 4 MB.
        </p>
        ${renderCommands("Commands", CHAT_COMMANDS_OFFERED)} ${renderCommands("What a question is for", TASK_COMMANDS)}
      </div>
    </dialog>`;
  }

  private readonly close = (): void => this.dialog.value?.close();

  /** A click beside the sheet closes it. */
  private readonly onClick = (event: Event): void => {
    if (event.target === this.dialog.value) this.close();
  };
}

function renderCommands(title: string, commands: readonly SlashChoice[]) {
  return html`<h3>${title}</h3>
    <dl>
      ${commands.map(
        ({ name, description }) =>
          html`<dt><code>/${name}</code></dt>
            <dd>${description}</dd>`,
      )}
    </dl>`;
}

/** Escape closes the sheet; it must not stop the answer behind it. */
function keepEscape(event: KeyboardEvent): void {
  if (event.key === "Escape") event.stopPropagation();
}

customElements.define("waybill-help", WaybillHelp);

import type { CodeAction } from "../../../protocol/answerMessages.ts";
import { countHiddenSigns } from "./markHiddenSigns.ts";

/** What a button above a code block can ask for. */
type CodeButtonAction = CodeAction | "copy";

/** A click on one of the buttons, with the code it is about. */
export interface CodeClick {
  readonly action: CodeButtonAction;
  readonly code: string;
  readonly languageId: string;
}

interface CodeButton {
  readonly action: CodeButtonAction;
  readonly label: string;
  readonly icon: string;
}

const COPY: CodeButton = { action: "copy", label: "Copy", icon: "copy" };
const EDITOR_BUTTONS: readonly CodeButton[] = [
  { action: "insert", label: "Insert at Cursor", icon: "insert" },
  { action: "apply", label: "Apply to File", icon: "apply" },
  { action: "new-file", label: "New File", icon: "new-file" },
];
const TERMINAL: CodeButton = { action: "terminal", label: "Paste into Terminal", icon: "terminal" };

const SHELLS = new Set(
  "bash sh shell zsh fish console shellscript shell-session shellsession terminal powershell pwsh ps1 bat cmd".split(
    " ",
  ),
);

/** Puts a line with the language and buttons above every code block. */
export function decorateCodeBlocks(root: ParentNode): void {
  for (const pre of root.querySelectorAll("pre")) {
    // A block that scrolls sideways must be reachable by the keyboard.
    pre.tabIndex = 0;
    pre.role = "group";
    pre.ariaLabel = pre.classList.contains("math") ? "Formula" : "Code";
    pre.dir = "ltr";
    if (pre.classList.contains("math")) continue;
    const block = document.createElement("div");
    block.className = "code-block";
    pre.replaceWith(block);
    block.append(createHeader(languageOf(pre.querySelector("code"))), pre);
  }
}

export function languageOf(code: Element | null): string | undefined {
  return /language-(\S+)/u.exec(code?.className ?? "")?.[1];
}

/** While a block grows its code is not whole, so it can only be copied. */
export function markGrowing(nodes: readonly Node[], isGrowing: boolean): void {
  for (const node of nodes) {
    if (!(node instanceof Element)) continue;
    const inner = [...node.querySelectorAll(".code-block")];
    const blocks = node.matches(".code-block") ? [node, ...inner] : inner;
    for (const block of blocks) block.classList.toggle("is-growing", isGrowing);
  }
}

/** The click on a button above a code block; the Copy button says for a moment that it was copied. */
export function codeClickAt(event: Event): CodeClick | undefined {
  const button = event.target instanceof Element ? event.target.closest("button") : null;
  const block = button?.closest(".code-block");
  if (button === null || !block) return undefined;
  if (button.classList.contains("code-more")) toggleMore(block);
  else closeMore(block);
  const code = block.querySelector("pre > code");
  const action = [COPY, ...EDITOR_BUTTONS, TERMINAL].find((known) => known.action === button.dataset["action"])?.action;
  if (action === undefined || code === null) return undefined;
  if (action === "copy") showCopied(button, countHiddenSigns(code));
  return { action, code: code.textContent, languageId: languageOf(code) ?? "" };
}

/** Closes an open menu when the keyboard leaves it, or with Escape, which puts the focus back on its button. */
export function leaveMore(event: Event): void {
  const block = event.target instanceof Element ? event.target.closest(".code-block") : null;
  if (!block?.classList.contains("is-open")) return;
  if (event instanceof KeyboardEvent && event.key === "Escape") {
    event.stopPropagation();
    closeMore(block);
    block.querySelector<HTMLElement>(".code-more")?.focus();
  }
  if (event instanceof FocusEvent && !(event.relatedTarget instanceof Node && isMenuOf(block, event.relatedTarget))) {
    closeMore(block);
  }
}

function isMenuOf(block: Element, node: Node): boolean {
  return block.querySelector(".code-header")?.contains(node) === true;
}

function toggleMore(block: Element): void {
  const isOpen = block.classList.toggle("is-open");
  const more = block.querySelector(".code-more");
  if (more !== null) more.ariaExpanded = String(isOpen);
  if (isOpen) block.querySelector<HTMLElement>(".code-actions button")?.focus();
}

function closeMore(block: Element): void {
  block.classList.remove("is-open");
  const more = block.querySelector(".code-more");
  if (more !== null) more.ariaExpanded = "false";
}

function createHeader(language: string | undefined): HTMLElement {
  const header = document.createElement("div");
  header.className = "code-header";
  const name = document.createElement("span");
  name.className = "code-language";
  name.textContent = language ?? "text";
  const more = createButton({ label: "More Actions", icon: "more" });
  more.classList.add("code-more");
  more.ariaExpanded = "false";
  const actions = document.createElement("div");
  actions.className = "code-actions";
  actions.role = "group";
  actions.ariaLabel = "Code actions";
  const isShell = SHELLS.has(language?.toLowerCase() ?? "");
  for (const button of isShell ? [...EDITOR_BUTTONS, TERMINAL] : EDITOR_BUTTONS) {
    actions.append(createButton(button));
  }
  header.append(name, actions, createButton(COPY), more);
  return header;
}

/** The words stand beside the icon in the menu, and appear as a tooltip where there is only the icon. */
function createButton({ action, label, icon }: Omit<CodeButton, "action"> & Partial<CodeButton>): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = `icon-button code-button icon icon-${icon}`;
  button.ariaLabel = label;
  if (action !== undefined) button.dataset["action"] = action;
  const words = document.createElement("span");
  words.className = "code-words";
  words.ariaHidden = "true";
  words.textContent = label;
  button.append(words);
  return button;
}

/** What is copied is the code as it came, so what nobody sees of it is said. */
function showCopied(button: HTMLButtonElement, hiddenSigns: number): void {
  const say = (label: string) => {
    button.ariaLabel = label;
    button.querySelector(".code-words")?.replaceChildren(label);
  };
  button.classList.replace("icon-copy", "icon-check");
  say(
    hiddenSigns === 0 ? "Copied" : `Copied with ${hiddenSigns === 1 ? "1 hidden sign" : `${hiddenSigns} hidden signs`}`,
  );
  setTimeout(() => {
    button.classList.replace("icon-check", "icon-copy");
    say(COPY.label);
  }, 1500);
}

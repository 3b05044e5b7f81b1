/** Puts a line with the language and a Copy button above every code block. */
export function decorateCodeBlocks(root: DocumentFragment): void {
  for (const pre of root.querySelectorAll("pre")) {
    const block = document.createElement("div");
    block.className = "code-block";
    pre.replaceWith(block);
    block.append(createHeader(languageOf(pre.querySelector("code")) ?? "text"), pre);
    // A block that scrolls sideways must be reachable by the keyboard.
    pre.tabIndex = 0;
    pre.role = "group";
    pre.ariaLabel = "Code";
    pre.dir = "ltr";
  }
}

export function languageOf(code: Element | null): string | undefined {
  return /language-(\S+)/u.exec(code?.className ?? "")?.[1];
}

/** The text of the code block whose Copy button was clicked; the button says for a moment that it was copied. */
export function copiedCodeAt(event: Event): string | undefined {
  const button = event.target instanceof Element ? event.target.closest("button") : null;
  const code = button?.closest(".code-block")?.querySelector("code");
  if (button === null || !code) return undefined;
  showCopied(button);
  return code.textContent;
}

function createHeader(language: string): HTMLElement {
  const header = document.createElement("div");
  header.className = "code-header";
  const name = document.createElement("span");
  name.textContent = language;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "icon-button icon icon-copy";
  button.ariaLabel = "Copy code";
  button.title = "Copy code";
  header.append(name, button);
  return header;
}

function showCopied(button: HTMLButtonElement): void {
  button.classList.replace("icon-copy", "icon-check");
  button.ariaLabel = "Copied";
  setTimeout(() => {
    button.classList.replace("icon-check", "icon-copy");
    button.ariaLabel = "Copy code";
  }, 1500);
}

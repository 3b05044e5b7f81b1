import type { ConversationMessage } from "../conversation/conversationMessage.ts";

export interface ShellPlace {
  /** For instance `zsh` or `pwsh`. */
  readonly shell: string;
  /** For instance `linux`. */
  readonly platform: string;
}

const INSTRUCTIONS =
  "You suggest one command for a terminal. Answer with exactly one fenced code block that holds one line and nothing else. " +
  "Prefer what is safe and can be undone; use placeholders in capital letters where something has to be filled in.";

/** The messages that ask for a command. */
export function buildShellMessages(wish: string, { shell, platform }: ShellPlace): readonly ConversationMessage[] {
  return [
    { role: "system", content: INSTRUCTIONS },
    { role: "user", content: `Shell: ${shell} on ${platform}.\nSuggest a shell command for this: ${wish}` },
  ];
}

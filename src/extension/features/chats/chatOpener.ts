/** The panel, as far as lists of chats need it. */
export interface ChatOpener {
  /** Shows the panel. */
  open(): Promise<void>;
  /** Shows a stored chat in it; `false` when there is none with this id. */
  openChat?(chatId: string): Promise<boolean>;
  /** Whether it is being answered in this window. */
  isRunning?(chatId: string): boolean;
  /** A chat that may be shown was renamed or deleted in the store. */
  noteChanged?(chatId: string): void;
}

export async function openIn(panel: ChatOpener, chatId: string): Promise<void> {
  if (panel.openChat === undefined) return panel.open();
  await panel.openChat(chatId);
}

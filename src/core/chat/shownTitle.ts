import { titleFromQuestion } from "./titleText.ts";

/** What a chat is called: by its title, else by how it begins. */
export function shownTitle({ title, beginning }: { readonly title: string; readonly beginning: string }): string {
  if (title !== "") return title;
  const begins = titleFromQuestion(beginning);
  return begins === "" ? "Chat without a title" : begins;
}

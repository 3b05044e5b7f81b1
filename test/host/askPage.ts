/** What a test may have done in front of the window; `outside` tells what was tried to reach other machines. */
export type PageWish = "escape" | "notices" | "chat" | "ask" | "trust" | "outside";

export interface PageAnswer {
  readonly texts: readonly string[];
}

/** Has it done by the launcher, which holds the page. Rejects with what went wrong there. */
export async function askPage(wish: PageWish): Promise<readonly string[]> {
  const response = await fetch(`${process.env["WAYBILL_PAGE_DESK"] ?? ""}/${wish}`);
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  const { texts } = JSON.parse(text) as PageAnswer;
  return texts;
}

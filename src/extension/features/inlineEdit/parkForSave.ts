import type { TextDocumentWillSaveEvent } from "vscode";
import type { InlineSession } from "./inlineSession.ts";

/** Before a save everything that waits is taken out of the document. Resolves when it shows no changes any more. */
export async function parkForSave({ review, writer }: InlineSession, event: TextDocumentWillSaveEvent): Promise<void> {
  if (review.isParked) return;
  writer.forgetHistory();
  if (writer.isBusy) {
    // The edit under way would overtake edits that are handed over now.
    const parked = writer.write(() => review.park());
    event.waitUntil(parked);
    return parked;
  }
  review.park();
  event.waitUntil(Promise.resolve([...writer.handOver()]));
}

import { mayWrite } from "../edits/writeGate.ts";
import type { InlineSession } from "./inlineSession.ts";

/** Edits whose changes may be kept in the file, as far as the person accepts each: asked before the first one, about all of them. */
export class KeepAgreement {
  readonly #agreed = new WeakSet<InlineSession>();

  async isGiven(session: InlineSession): Promise<boolean> {
    if (this.#agreed.has(session)) return true;
    const { document, review } = session;
    const textBefore = session.textWith(review.baseLines());
    const textAfter = session.textWith(review.proposedLines());
    // Meanwhile the person may have taken the edit back.
    if (!(await mayWrite([{ uri: document.uri, textBefore, textAfter }])) || session.phase === "over") return false;
    // What is still to come was not seen yet.
    if (review.hasEnded) this.#agreed.add(session);
    return true;
  }
}

import { type Range, type TextDocument, window, workspace } from "vscode";
import { tellHeldAlready } from "../edits/tellHeldAlready.ts";
import type { ProposalDiffs } from "./proposalDiffs.ts";
import { withReplacement } from "./targetCode.ts";

/** Code of an answer that would stand in the place of a part of a document. */
export interface CodeOffer {
  readonly document: TextDocument;
  readonly range: Range;
  readonly replacement: string;
  /** The turn that wrote it, where it is known. */
  readonly turnId: string | undefined;
}

/** Shows the code as a diff, and writes it when the person accepts. To drop it says nothing of the answer: the place was a guess. */
export async function offerCode(diffs: ProposalDiffs, offer: CodeOffer): Promise<void> {
  const { document, range, replacement, turnId } = offer;
  const name = workspace.asRelativePath(document.uri, false);
  if (withReplacement(offer, replacement) === document.getText()) {
    tellHeldAlready(document);
    return;
  }
  const proposal = diffs.create({ document, version: document.version, range }, (turn, kind, lines) => {
    if (kind !== "rejected") diffs.noteVerdict(turn, kind, lines);
  });
  if (turnId !== undefined) proposal.verdict.awaitFor(turnId);
  diffs.settle(proposal, replacement);
  await diffs.show(proposal, `Waybill: code for ${name}`);
  const sentence = `This is what ${name} would become. Nothing is written until you accept.`;
  const choice = await window.showInformationMessage(sentence, "Accept", "Drop");
  if (choice === "Accept") await diffs.accept(proposal);
  if (choice === "Drop") await diffs.drop(proposal);
}

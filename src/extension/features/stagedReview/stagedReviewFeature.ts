import { COMMANDS, REVIEW_SCHEME } from "../../platform/contributions.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import { MarkdownPage } from "../../platform/markdownPage.ts";
import type { CommandTable } from "../../platform/registerCommands.ts";
import type { StagedReview } from "./stagedReview.ts";

/** The review of what is staged, as comments in the editor. Loaded with its first use, but for the page. */
export function startStagedReview(services: ExtensionServices): CommandTable {
  const page = services.disposables.add(
    new MarkdownPage({
      scheme: REVIEW_SCHEME,
      name: "Review",
      empty: "**Waybill: Review Staged Changes** fills this page.\n",
    }),
  );
  let review: Promise<StagedReview> | undefined;
  const load = () =>
    (review ??= import("../../scmParts.ts").then(({ StagedReview }) =>
      services.disposables.add(new StagedReview(services, page)),
    ));
  return {
    [COMMANDS.reviewStaged]: async (source) => (await load()).review(source),
    [COMMANDS.applyFinding]: async (thread) => (await review)?.comments.apply(thread),
    [COMMANDS.dismissFinding]: async (thread) => (await review)?.comments.dismiss(thread),
    [COMMANDS.dismissAllFindings]: async () => (await review)?.comments.dismissAll(),
  };
}

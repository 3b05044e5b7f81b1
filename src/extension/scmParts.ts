/** What the Source Control view, the review of staged changes and the terminal need: a bundle of its own, loaded with the first of them. */
export { CommitMessages } from "./features/commitMessage/commitMessages.ts";
export { StagedReview } from "./features/stagedReview/stagedReview.ts";
export { explainTerminalError } from "./features/terminal/explainTerminalError.ts";
export { FailedCommands } from "./features/terminal/failedCommands.ts";
export { suggestCommand } from "./features/terminal/suggestCommand.ts";

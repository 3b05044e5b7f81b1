import { COMMANDS } from "../../platform/contributions.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import type { CommandTable } from "../../platform/registerCommands.ts";
import type { CommitMessages } from "./commitMessages.ts";

/** The button in the Source Control view that writes a commit message, and the one that stops it. */
export function startCommitMessage(services: ExtensionServices): CommandTable {
  let messages: Promise<CommitMessages> | undefined;
  const load = () =>
    (messages ??= import("../../scmParts.ts").then(({ CommitMessages }) =>
      services.disposables.add(new CommitMessages(services)),
    ));
  return {
    [COMMANDS.writeCommitMessage]: async (source) => (await load()).write(source),
    [COMMANDS.stopCommitMessage]: async (source) => (await messages)?.stop(source),
  };
}

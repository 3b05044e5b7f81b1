import * as z from "zod/mini";
import type { ChatChoice } from "../../../core/routing/chatChoice.ts";
import { ROUTING_PROFILES } from "../../../core/routing/routePolicy.ts";
import type { ComposerFields } from "../../../protocol/composerMessages.ts";

const choiceSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("model"), modelId: z.string(), name: z.string() }),
  z.object({ kind: z.literal("profile"), profile: z.enum(ROUTING_PROFILES) }),
]);

export function writeChoice(choice: ChatChoice | undefined): string {
  return choice === undefined ? "" : JSON.stringify(choice);
}

/** Text that is not understood (an older or newer version wrote it) chooses nothing. */
export function readChoice(text: string): ChatChoice | undefined {
  if (text === "") return undefined;
  try {
    const parsed = choiceSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

/** What the composer shows of it; it is the way to choose, so it is always there. */
export function viewChoice(choice: ChatChoice | undefined): Required<Pick<ComposerFields, "choice">> {
  if (choice === undefined) {
    return { choice: { label: "Auto", title: "Which model answers is as your settings say. Choose for this chat" } };
  }
  if (choice.kind === "profile") {
    return { choice: { label: choice.profile, title: `This chat uses the profile ${choice.profile}` } };
  }
  return { choice: { label: choice.name, title: `This chat asks ${choice.name} only` } };
}

import { type MeasuredPrompt, measurePrompt } from "../budget/promptTokens.ts";
import type { ReadTraits } from "../budget/textTraits.ts";
import type { TokenCalibrations } from "../budget/tokenCalibration.ts";
import type { ConversationMessage } from "./conversationMessage.ts";

/** How many tokens the messages are, by tokenizer family. */
export function measureMessages(
  messages: readonly ConversationMessage[],
  learned: TokenCalibrations,
  read?: ReadTraits,
): MeasuredPrompt {
  return measurePrompt(
    messages.map(({ content }) => content),
    learned,
    read,
  );
}

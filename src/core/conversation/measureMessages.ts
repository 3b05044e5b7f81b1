import { type MeasuredPrompt, measurePrompt, withTokens } from "../budget/promptTokens.ts";
import type { ReadTraits } from "../budget/textTraits.ts";
import type { TokenCalibrations } from "../budget/tokenCalibration.ts";
import type { ConversationMessage } from "./conversationMessage.ts";
import { imageTokens } from "./messageImage.ts";

/** How many tokens the messages are, by tokenizer family. */
export function measureMessages(
  messages: readonly ConversationMessage[],
  learned: TokenCalibrations,
  read?: ReadTraits,
): MeasuredPrompt {
  const prompt = measurePrompt(
    messages.map(({ content }) => content),
    learned,
    read,
  );
  const images = messages.flatMap((message) => message.images ?? []).map(imageTokens);
  if (images.length === 0) return prompt;
  return withTokens(prompt, {
    expected: images.reduce((sum, { expected }) => sum + expected, 0),
    atMost: images.reduce((sum, { atMost }) => sum + atMost, 0),
  });
}

import type { ConversationMessage, HeldText } from "../conversation/conversationMessage.ts";
import { utf8Length } from "../text/utf8Length.ts";
import type { SentItem } from "./sentRequest.ts";

/** What messages hold: the question, what goes along with each, what was said before, and pictures. */
export function itemsOf(messages: readonly ConversationMessage[]): readonly SentItem[] {
  const question = messages.findLastIndex(({ role }) => role === "user");
  const earlier = messages.filter(({ role }, place) => role !== "system" && place !== question);
  const ours = messages.filter(({ role }) => role === "system");
  const asked = messages[question];
  return [
    ...(asked === undefined ? [] : [{ what: "question", label: "", bytes: ownBytes([asked]) }]),
    ...messages.flatMap(({ holds = [] }) => holds.map(itemOf)),
    ...(earlier.length === 0
      ? []
      : [{ what: "earlier messages", label: String(earlier.length), bytes: ownBytes(earlier) }]),
    ...messages.flatMap(({ images = [] }) =>
      images.map(({ mimeType, base64 }) => ({
        what: "image",
        label: mimeType,
        bytes: Math.floor(base64.length * 0.75),
      })),
    ),
    ...(ours.length === 0 ? [] : [{ what: "Waybill's own words", label: "", bytes: ownBytes(ours) }]),
  ];
}

function itemOf({ kind = "selection", label, text }: HeldText): SentItem {
  return { what: kind, label, bytes: utf8Length(text) };
}

/** What is left of the texts without what they hold of elsewhere. */
function ownBytes(messages: readonly ConversationMessage[]): number {
  const held = messages.flatMap(({ holds = [] }) => holds.map(({ text }) => utf8Length(text)));
  const whole = messages.map(({ content }) => utf8Length(content));
  return Math.max(0, sum(whole) - sum(held));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

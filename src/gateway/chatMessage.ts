import type { ConversationMessage } from "../core/conversation/conversationMessage.ts";
import type { MessageImage } from "../core/conversation/messageImage.ts";
import type { ToolCall } from "./chatEvent.ts";

/** What an answer with tool calls sends back. The details go out unchanged: makers check them against a signature. */
interface ToolCallMessage {
  readonly role: "assistant";
  readonly content: string;
  readonly toolCalls: readonly ToolCall[];
  readonly reasoningDetails: readonly unknown[] | undefined;
}

interface ToolResultMessage {
  readonly role: "tool";
  readonly toolCallId: string;
  readonly content: string;
}

/** A message as a chat request takes it. */
export type ChatMessage = ConversationMessage | ToolCallMessage | ToolResultMessage;

/** The JSON of a message. Source: OpenRouter `ChatMessages`; blank text beside tool calls must be `null` (Bedrock). */
export function messageBody(message: ChatMessage, isCacheBreakpoint: boolean): Readonly<Record<string, unknown>> {
  const { role } = message;
  if (role === "tool") return { role, tool_call_id: message.toolCallId, content: message.content };
  if ("toolCalls" in message) {
    return {
      role,
      content: message.content.trim() === "" ? null : message.content,
      tool_calls: message.toolCalls.map(toolCallBody),
      ...(message.reasoningDetails === undefined ? {} : { reasoning_details: message.reasoningDetails }),
    };
  }
  const { content, images = [] } = message;
  if (!isCacheBreakpoint && images.length === 0) return { role, content };
  // A blank text part is refused by some providers, and text goes before pictures.
  const text = content.trim() === "" && images.length > 0 ? [] : [textPart(content, isCacheBreakpoint)];
  return { role, content: [...text, ...images.map(imagePart)] };
}

function textPart(text: string, isCacheBreakpoint: boolean): Readonly<Record<string, unknown>> {
  return { type: "text", text, ...(isCacheBreakpoint ? { cache_control: { type: "ephemeral" } } : {}) };
}

function imagePart({ mimeType, base64 }: MessageImage): Readonly<Record<string, unknown>> {
  return { type: "image_url", image_url: { url: `data:${mimeType};base64,${base64}` } };
}

function toolCallBody(call: ToolCall): Readonly<Record<string, unknown>> {
  return { id: call.id, type: "function", function: { name: call.name, arguments: call.arguments } };
}

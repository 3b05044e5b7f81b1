import type { ConversationMessage } from "../core/conversation/conversationMessage.ts";
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
  if (!isCacheBreakpoint) return { role, content: message.content };
  return { role, content: [{ type: "text", text: message.content, cache_control: { type: "ephemeral" } }] };
}

function toolCallBody(call: ToolCall): Readonly<Record<string, unknown>> {
  return { id: call.id, type: "function", function: { name: call.name, arguments: call.arguments } };
}

import { buildChatMessages } from "../../../core/conversation/buildMessages.ts";
import type { CodeContext } from "../../../core/conversation/conversationMessage.ts";
import type { RouteDecision } from "../../../core/routing/routeDecision.ts";
import { signalsOf } from "../../../core/tasks/signalsOf.ts";
import { withoutSlashCommand } from "../../../core/tasks/slashCommand.ts";
import type { Engine } from "../../platform/engine.ts";
import { workspaceKey } from "../../platform/workspaceKey.ts";
import { hasProblems, selectedCode } from "../chat/selectionContext.ts";

/** The selected code, and whether the editor reports problems in it. */
export interface SelectedCode {
  readonly context: CodeContext;
  readonly hasDiagnostics: boolean;
}

export function readSelection(): SelectedCode | undefined {
  const context = selectedCode();
  return context === undefined ? undefined : { context, hasDiagnostics: hasProblems() };
}

/** What would be done with a text and the selected code. Nothing is sent. Rejects when there is no model list. */
export async function routeText(
  engine: Engine,
  text: string,
  selection: SelectedCode | undefined,
): Promise<RouteDecision> {
  const code = selection === undefined ? [] : [selection.context];
  const { decision } = await engine.routeOnly(
    {
      workspace: workspaceKey(),
      chatId: undefined,
      messages: buildChatMessages([], withoutSlashCommand(text), code),
      taskType: undefined,
      signals: signalsOf({ text, code, hasDiagnostics: selection?.hasDiagnostics ?? false, surface: "chat" }),
    },
    new AbortController().signal,
  );
  return decision;
}

import { describeReason } from "./describeReason.ts";
import { certainTask, describeTask } from "./describeTask.ts";
import { readRequest } from "./readRequest.ts";
import { scoreTask } from "./scoreTask.ts";
import { taskOfSlashCommand } from "./slashCommand.ts";
import type { TaskClassification } from "./taskClassification.ts";
import { type TaskCorrection, findCorrection } from "./taskCorrection.ts";
import type { TaskSignals } from "./taskSignals.ts";

/**
 * Decides what a request is for from its words and its surroundings, and from what the person corrected before. Local and
 * deterministic; unsure is `question`. The time it takes does not grow with the text.
 */
export function classifyTask(signals: TaskSignals, corrections: readonly TaskCorrection[] = []): TaskClassification {
  const commanded = taskOfSlashCommand(signals.slashCommand, signals.text);
  if (commanded !== undefined) return certainTask(commanded, signals, "by the command you used");
  const request = readRequest(signals);
  const corrected = findCorrection(signals.text, corrections);
  if (corrected !== undefined) {
    const because = "you corrected a similar request";
    return describeTask({ taskType: corrected.taskType, confidence: corrected.similarity, because }, signals, request);
  }
  const { taskType, margin, reason } = scoreTask(request.clauses, request.context);
  return describeTask(
    { taskType, confidence: confidenceOf(margin), because: describeReason(reason) },
    signals,
    request,
  );
}

/** Half a chance with nothing between the best two, nearly certain when the best is far ahead. */
function confidenceOf(margin: number): number {
  return Math.round((0.35 + (0.6 * margin) / (margin + 1.5)) * 100) / 100;
}

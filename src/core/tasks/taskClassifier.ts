import { describeReason } from "./describeReason.ts";
import { describeTask } from "./describeTask.ts";
import { Phrasebook } from "./phrasebook.ts";
import { readRequest } from "./readRequest.ts";
import { scoreTask } from "./scoreTask.ts";
import { taskOfSlashCommand } from "./slashCommand.ts";
import type { TaskClassification } from "./taskClassification.ts";
import { type TaskCorrection, findCorrection } from "./taskCorrection.ts";
import type { TaskSignals } from "./taskSignals.ts";
import type { TaskType } from "./taskType.ts";

/**
 * Decides what requests are for. Local and deterministic; the time it takes does not grow with the text. Keep one: it has the
 * phrases that were needed before.
 */
export class TaskClassifier {
  readonly #phrasebook = new Phrasebook();

  /** By the request's words and surroundings, and by what the person corrected before; unsure is `question`. */
  classify(signals: TaskSignals, corrections: readonly TaskCorrection[] = []): TaskClassification {
    const commanded = taskOfSlashCommand(signals.slashCommand, signals.text);
    if (commanded !== undefined) return this.certain(commanded, signals, "by the command you used");
    const request = readRequest(signals, this.#phrasebook);
    const corrected = findCorrection(signals.text, corrections);
    if (corrected !== undefined) {
      const because = "you corrected a similar request";
      return describeTask(
        { taskType: corrected.taskType, confidence: corrected.similarity, because },
        signals,
        request,
      );
    }
    const { taskType, margin, reason } = scoreTask(request.clauses, request.context);
    const verdict = { taskType, confidence: confidenceOf(margin), because: describeReason(reason) };
    return describeTask(verdict, signals, request);
  }

  /** The task of a request whose type is known without looking at its words. */
  certain(taskType: TaskType, signals: TaskSignals, because: string): TaskClassification {
    const verdict = { taskType, confidence: 1, because };
    return describeTask(verdict, signals, readRequest(signals, this.#phrasebook));
  }
}

/** Half a chance with nothing between the best two, nearly certain when the best is far ahead. */
function confidenceOf(margin: number): number {
  return Math.round((0.35 + (0.6 * margin) / (margin + 1.5)) * 100) / 100;
}

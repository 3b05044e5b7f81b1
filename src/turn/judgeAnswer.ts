import { type CheckVerdict, PASSED } from "../core/checks/checkVerdict.ts";
import { judgeEnding } from "../core/checks/judgeEnding.ts";
import type { TurnFinish } from "../core/waybill/waybill.ts";
import type { Attempt } from "./attempt.ts";

/** Whether a complete answer does, as far as that can be told without a person. Never rejects. */
export async function judgeAnswer({ turn, progress }: Attempt, finish: TurnFinish): Promise<CheckVerdict> {
  const { text, isRefusal, hasToolCalls } = progress;
  const ending = judgeEnding({ text, finish, isRefusal, hasToolCalls });
  const { check } = turn.request;
  if (ending.kind === "failed" || check === undefined) return ending;
  try {
    // The check is made on this machine, with what the answer is about.
    return await check(turn.masks.reader()?.whole(text) ?? text, turn.signal);
  } catch {
    return PASSED;
  }
}

import type { TurnFinish } from "../waybill/waybill.ts";
import { type CheckVerdict, PASSED, failed } from "./checkVerdict.ts";

/** How a complete answer ended, whatever was asked. */
export interface AnswerEnding {
  readonly text: string;
  readonly finish: TurnFinish;
  /** The gateway told that the model refused. */
  readonly isRefusal: boolean;
  /** A call of a tool is an answer without text. */
  readonly hasToolCalls: boolean;
}

/** What can be told of any answer without knowing what it is for. */
export function judgeEnding({ text, finish, isRefusal, hasToolCalls }: AnswerEnding): CheckVerdict {
  if (isRefusal) return failed("was a refusal");
  if (finish === "filtered") return failed("was cut by the provider's content filter");
  return text.trim() === "" && !hasToolCalls ? failed("was empty") : PASSED;
}

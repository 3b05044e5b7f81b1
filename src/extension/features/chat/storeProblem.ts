import { type WaybillError, toWaybillError } from "../../../core/errors/waybillError.ts";
import { type Problem, problem } from "../../../core/problems/problem.ts";

/** The file of the chats cannot be opened or read. */
export function notKept(error: unknown): Problem {
  return problem(
    `Chats cannot be kept on this machine (${toWaybillError(error).detail ?? "the file is damaged"}). You can go on; this chat is gone when the window closes. Nothing was charged.`,
    "try-again",
  );
}

/** It is open, and nothing can be written to it now. */
export function notStored({ code, detail }: WaybillError): Problem {
  const why = detail ?? (code === "ledger-busy" ? "another window is using its file" : "the file is damaged");
  return problem(
    `Chats cannot be saved now (${why}). They go on here and are saved as soon as that works again; close the window only then. Nothing was charged for this.`,
    "try-again",
  );
}

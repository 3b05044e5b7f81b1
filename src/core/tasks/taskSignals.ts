import type { Surface } from "../waybill/waybill.ts";
import type { FileKind } from "./fileKind.ts";

/** What is known about a request without asking any model. */
export interface TaskSignals {
  readonly text: string;
  readonly hasSelection: boolean;
  readonly hasDiagnostics: boolean;
  /** Changes that are not committed go along. */
  readonly hasDiff?: boolean;
  readonly hasImages?: boolean;
  /** With or without its slash. A known one decides alone. */
  readonly slashCommand?: string;
  readonly surface?: Surface;
  readonly fileKind?: FileKind;
  /** How much goes along with the text. */
  readonly contextTokens?: number;
}

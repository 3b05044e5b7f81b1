// `npm run bench [-- size | gateway | turn | ledger | routing | tokens | masking | search | spend | edit | edit-window | host | chat]`: measures what docs/performance.md tells and prints it as Markdown. A
// missed target is printed and no failure; a part that crashes is one, and the figures of the others are printed all the
// same.
import { inspect } from "node:util";
import { buildEverything } from "../setup/buildEverything.ts";
import { say } from "../setup/say.ts";
import { type BenchReport, describeReports } from "./benchReport.ts";
import { describeMachine } from "./describeMachine.ts";
import { measureChat } from "./chatPart.ts";
import { measureEdit } from "./editPart.ts";
import { measureEditWindow } from "./editWindowPart.ts";
import { measureGateway } from "./gatewayPart.ts";
import { measureHost } from "./hostPart.ts";
import { measureLedger } from "./ledgerPart.ts";
import { measureMasking } from "./maskingPart.ts";
import { measureRouting } from "./routingPart.ts";
import { measureSearch } from "./searchPart.ts";
import { measureSize } from "./sizePart.ts";
import { measureSpend } from "./spendPart.ts";
import { measureTokens } from "./tokensPart.ts";
import { measureTurn } from "./turnPart.ts";

const BENCH_PARTS = [
  "size",
  "gateway",
  "turn",
  "ledger",
  "routing",
  "tokens",
  "masking",
  "search",
  "spend",
  "edit",
  "edit-window",
  "host",
  "chat",
] as const;

type BenchPart = (typeof BENCH_PARTS)[number];

/** The others run the sources. */
const PARTS_OF_THE_BUILD: ReadonlySet<BenchPart> = new Set(["size", "spend", "edit-window", "host", "chat"]);

process.on("SIGINT", () => process.exit(130));
process.on("SIGTERM", () => process.exit(143));
process.exitCode = await main(process.argv[2]);

async function main(name: string | undefined): Promise<number> {
  const part = BENCH_PARTS.find((known) => known === name);
  if (name !== undefined && part === undefined) {
    say(`There is no part called ${name}. Parts: ${BENCH_PARTS.join(", ")}.`);
    return 1;
  }
  const parts = part === undefined ? BENCH_PARTS : [part];
  const machine = describeMachine(new Date());
  if (parts.some((each) => PARTS_OF_THE_BUILD.has(each))) await buildEverything();
  const reports: BenchReport[] = [];
  const failures: string[] = [];
  for (const each of parts) {
    say(`Measuring ${each} …`);
    await measure(each).then(
      (report) => reports.push(report),
      (error: unknown) => failures.push(`${each} could not be measured: ${inspect(error)}`),
    );
  }
  say(`\nMeasured ${machine}.\n\n${describeReports(reports)}`);
  for (const failure of failures) say(`\n${failure}`);
  return failures.length === 0 ? 0 : 1;
}

function measure(part: BenchPart): Promise<BenchReport> {
  switch (part) {
    case "size":
      return measureSize();
    case "gateway":
      return measureGateway();
    case "turn":
      return measureTurn();
    case "ledger":
      return measureLedger();
    case "routing":
      return measureRouting();
    case "masking":
      return measureMasking();
    case "tokens":
      return measureTokens();
    case "search":
      return measureSearch();
    case "spend":
      return measureSpend();
    case "edit":
      return measureEdit();
    case "edit-window":
      return measureEditWindow();
    case "host":
      return measureHost();
    case "chat":
      return measureChat();
  }
}

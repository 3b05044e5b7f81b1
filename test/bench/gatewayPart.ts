import type { BenchReport } from "./benchReport.ts";
import { type RoundsWish, alternate } from "./gateway/alternate.ts";
import { firstTokenFigures, longAnswerFigures, tinyAnswerFigures } from "./gateway/clientFigures.ts";
import { startClientProcesses } from "./gateway/clientProcesses.ts";
import { heapFigures } from "./gateway/heapFigures.ts";
import { splitLossFigures } from "./gateway/splitLoss.ts";

const LONG: RoundsWish = {
  answer: { chunks: 20_000, pieceBytes: 65_536, aheadMs: 0 },
  timesInARound: 1,
  warmUpRounds: 3,
  rounds: 15,
};
const TINY: RoundsWish = {
  answer: { chunks: 1, pieceBytes: 65_536, aheadMs: 0 },
  timesInARound: 25,
  warmUpRounds: 10,
  rounds: 30,
};
/** The first piece holds the first chunk. Tokens of a model come one after the other, not with the end of the answer. */
const SMALL: RoundsWish = { ...TINY, answer: { chunks: 20, pieceBytes: 400, aheadMs: 2 } };

const HEAP_ANSWERS = 50;
/** Above it the heap counts as growing. */
const FLAT_RATIO = 1.05;

/** Our gateway beside a bare client and the packages others use, against a server in a process of its own. */
export async function measureGateway(): Promise<BenchReport> {
  const clients = await startClientProcesses();
  try {
    const tiny = await alternate(clients, TINY);
    const small = await alternate(clients, SMALL);
    const long = await alternate(clients, LONG);
    return {
      figures: [
        ...longAnswerFigures(long, LONG.answer.chunks),
        ...tinyAnswerFigures(tiny),
        ...firstTokenFigures(small),
        ...heapFigures("Waybill", await clients.watchHeap("waybill", LONG.answer, HEAP_ANSWERS), FLAT_RATIO),
        ...heapFigures("bare client", await clients.watchHeap("bare", LONG.answer, HEAP_ANSWERS)),
        ...(await splitLossFigures()),
      ],
      notes: gatewayNotes(),
    };
  } finally {
    await clients.close();
  }
}

function gatewayNotes(): string[] {
  return [
    "Gateway: one process for each client and one for the server, which sends bodies made beforehand, in OpenRouter's form, over kept connections on this machine. Clients take turns, one at a time. Ratios are to the bare client (undici `request` with eventsource-parser) in the same round, median of the rounds; those of the heap are to its first answers. Every text is compared with what was sent.",
    "Waybill goes over undici, as the bare client does, with all checks, events and the cost. The packages go over Node's `fetch`, and so does Waybill in the rows that say so. `ai` stands for `ai` with `@openrouter/ai-sdk-provider`.",
    `Long answers: ${LONG.answer.chunks} chunks in pieces of ${LONG.answer.pieceBytes} bytes, ${LONG.rounds} rounds after ${LONG.warmUpRounds} to warm up. CPU time is that of the client's process, its garbage collector included.`,
    `Tiny answers: 1 chunk; the ratio is that of whole requests. First token: ${SMALL.answer.chunks} chunks, of which the first comes ${SMALL.answer.aheadMs} ms before the others. Both: ${TINY.rounds} rounds of ${TINY.timesInARound} requests after ${TINY.warmUpRounds} to warm up.`,
    `Heap: after a forced garbage collection after each of ${HEAP_ANSWERS} long answers, in the process that has done all of the above; at most: the fullest that a garbage collection found it.`,
    "Lost characters are those of Waybill, which gets each answer in exactly these pieces; cuts fall within characters too.",
  ];
}

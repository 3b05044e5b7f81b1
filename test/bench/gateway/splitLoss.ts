import { setImmediate } from "node:timers/promises";
import type { Transport } from "../../../src/gateway/transport.ts";
import type { Figure } from "../figure.ts";
import { streamBody, textOfAnswer } from "./benchAnswer.ts";
import { createWaybillClient } from "./waybillClient.ts";

const PIECE_BYTES = [1, 7, 64, 1500, 65_536];
const CHUNKS = 300;
/** For the answer that is cut at each of its bytes. */
const CHUNKS_CUT = 12;

/** Whether our gateway loses text however an answer is split, with a transport that hands over exactly these pieces. */
export async function splitLossFigures(): Promise<Figure[]> {
  let lostInPieces = 0;
  for (const pieceBytes of PIECE_BYTES) lostInPieces += await countLost(CHUNKS, piecesOf(pieceBytes));
  let lostInCuts = 0;
  const cuts = streamBody(CHUNKS_CUT).length;
  for (let cut = 1; cut < cuts; cut += 1) lostInCuts += await countLost(CHUNKS_CUT, cutAt(cut));
  return [
    {
      what: `Characters lost in pieces of ${PIECE_BYTES.join(", ")} bytes`,
      value: lostInPieces,
      unit: "count",
      below: 1,
    },
    { what: `Characters lost with one cut, at each of ${cuts - 1} bytes`, value: lostInCuts, unit: "count", below: 1 },
  ];
}

type Split = (body: Buffer) => readonly Buffer[];

function piecesOf(pieceBytes: number): Split {
  return (body) => {
    const count = Math.ceil(body.length / pieceBytes);
    return Array.from({ length: count }, (_, index) => body.subarray(index * pieceBytes, (index + 1) * pieceBytes));
  };
}

function cutAt(cut: number): Split {
  return (body) => [body.subarray(0, cut), body.subarray(cut)];
}

/** How many characters are missing; at least 1 when the text differs in any other way. */
async function countLost(chunks: number, split: Split): Promise<number> {
  const client = createWaybillClient(new URL("http://127.0.0.1/api/v1"), transportOf(split(streamBody(chunks))));
  let text = "";
  await client.streamText("bench", (more) => (text += more));
  const wanted = textOfAnswer(chunks);
  return text === wanted ? 0 : Math.max(1, wanted.length - text.length);
}

function transportOf(pieces: readonly Buffer[]): Transport {
  return async () => ({ status: 200, header: () => "text/event-stream", body: oneByOne(pieces) });
}

/** The gateway joins what is there already, so each piece waits until the one before has been read. */
async function* oneByOne(pieces: readonly Buffer[]): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) {
    await setImmediate();
    yield piece;
  }
}

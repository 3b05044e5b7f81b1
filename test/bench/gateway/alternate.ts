import { median } from "../percentile.ts";
import type { BenchAnswer } from "./benchAnswer.ts";
import type { ChatClientName } from "./chatClient.ts";
import type { ClientProcesses } from "./clientProcesses.ts";
import type { Timing } from "./clientTask.ts";
import { type PerClient, eachClient } from "./eachClient.ts";

/** What is asked of each client in a round, and how many rounds there are. */
export interface RoundsWish {
  readonly answer: BenchAnswer;
  readonly timesInARound: number;
  readonly warmUpRounds: number;
  readonly rounds: number;
}

export type Rounds = readonly PerClient<readonly Timing[]>[];

/** Gives each client its turn, round after round, and leaves out the rounds to warm up. */
export async function alternate(clients: ClientProcesses, wish: RoundsWish): Promise<Rounds> {
  const rounds: PerClient<readonly Timing[]>[] = [];
  for (let round = 0; round < wish.warmUpRounds + wish.rounds; round += 1) {
    rounds.push(await eachClient((name) => clients.time(name, wish.answer, wish.timesInARound)));
  }
  return rounds.slice(wish.warmUpRounds);
}

/** The median of a client's rounds. */
export function medianOf(rounds: Rounds, name: ChatClientName, part: keyof Timing): number {
  return median(rounds.map((round) => ofRound(round[name], part)));
}

/** A client's value as a multiple of the bare client's in the same round, median of the rounds. */
export function ratioToBare(rounds: Rounds, name: ChatClientName, part: keyof Timing): number {
  return median(rounds.map((round) => ofRound(round[name], part) / ofRound(round.bare, part)));
}

/** What a client's value has over the bare client's in the same round, median of the rounds. */
export function addedToBare(rounds: Rounds, name: ChatClientName, part: keyof Timing): number {
  return median(rounds.map((round) => ofRound(round[name], part) - ofRound(round.bare, part)));
}

function ofRound(timings: readonly Timing[], part: keyof Timing): number {
  return median(timings.map((timing) => timing[part]));
}

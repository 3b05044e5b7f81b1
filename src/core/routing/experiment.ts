/** One model of an experiment and how much of the task it gets, relative to the others. */
export interface ExperimentArm {
  readonly model: string;
  /** Not negative; 0 for nothing. */
  readonly weight: number;
}

/**
 * The arm that a unit belongs to: a turn, or a workspace's day where neighbouring turns are to stay together. The same unit
 * always gets the same arm, whatever the order of the arms, and raising one weight moves units to that arm only, so that
 * a gradual rollout never sends anyone back and forth. `undefined` when no arm has any weight.
 *
 * Weighted rendezvous hashing: every arm draws a number for the unit, and the largest `-weight / ln(number)` wins.
 */
export function chooseArm(arms: readonly ExperimentArm[], unit: string): string | undefined {
  const drawn = arms
    .filter(({ weight }) => weight > 0)
    .map(({ model, weight }) => ({ model, score: -weight / Math.log(drawNumber(`${unit}\n${model}`)) }));
  return drawn.reduce<(typeof drawn)[number] | undefined>((best, arm) => {
    return best === undefined || arm.score > best.score || (arm.score === best.score && arm.model < best.model)
      ? arm
      : best;
  }, undefined)?.model;
}

/** Between 0 and 1, exclusive, evenly spread over texts: FNV-1a, then the last mixing steps of MurmurHash3. */
function drawNumber(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (((hash ^ (hash >>> 16)) >>> 0) + 0.5) / 2 ** 32;
}

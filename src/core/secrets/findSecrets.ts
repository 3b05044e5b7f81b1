import { namedSecrets, secretsInAddresses, spokenSecrets } from "./namedSecrets.ts";
import { PREFIXED_SECRET, SECRET_KINDS } from "./secretKinds.ts";
import { type SecretPlace, joinPlaces } from "./secretPlace.ts";

/**
 * Where keys, tokens and passwords stand: known forms, values beside names that say so, headers and addresses. Takes linear
 * time. Not all secrets can be known; what is none is rarely taken for one.
 */
export function findSecrets(text: string): readonly SecretPlace[] {
  const kinds = SECRET_KINDS.filter(({ hint }) => text.includes(hint));
  const places = [
    ...placesOf(text, PREFIXED_SECRET),
    ...kinds.flatMap(({ pattern, holds }) =>
      placesOf(text, pattern).filter(({ start, end }) => holds?.test(text.slice(start, end)) ?? true),
    ),
    ...namedSecrets(text),
    ...spokenSecrets(text),
    ...secretsInAddresses(text),
  ];
  return places.length === 0 ? places : joinPlaces(places);
}

function placesOf(text: string, pattern: RegExp): readonly SecretPlace[] {
  return Array.from(text.matchAll(pattern), ({ index, 0: { length } }) => ({
    start: index,
    end: endOfWord(text, index + length),
  }));
}

const REST_OF_WORD = /[\w-]*/y;

/** A key that is longer than its kind is known to be goes whole. */
function endOfWord(text: string, end: number): number {
  if (!/[\w]/.test(text[end - 1] ?? "")) return end;
  REST_OF_WORD.lastIndex = end;
  return end + (REST_OF_WORD.exec(text)?.[0].length ?? 0);
}

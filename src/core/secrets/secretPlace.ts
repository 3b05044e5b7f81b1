/** Where a secret stands in a text, in UTF-16 units. */
export interface SecretPlace {
  readonly start: number;
  readonly end: number;
}

/** In order; what touches or overlaps is one secret. */
export function joinPlaces(places: readonly SecretPlace[]): readonly SecretPlace[] {
  const joined: SecretPlace[] = [];
  for (const place of places.toSorted((one, other) => one.start - other.start || other.end - one.end)) {
    const last = joined.at(-1);
    if (last === undefined || place.start >= last.end) joined.push(place);
    else if (place.end > last.end) joined[joined.length - 1] = { ...last, end: place.end };
  }
  return joined;
}

import type { PrivacyProfile } from "../../../core/privacy/privacyProfile.ts";

type Entries = Readonly<Record<string, unknown>>;

/** The setting by folder with this profile for these folders; the providers that an entry allows alone stay. */
export function withProfile(before: Entries, patterns: readonly string[], profile: PrivacyProfile): Entries {
  return { ...before, ...Object.fromEntries(patterns.map((pattern) => [pattern, entryFor(before[pattern], profile)])) };
}

/** Without entries of their own for these folders. */
export function withoutEntries(before: Entries, patterns: readonly string[]): Entries {
  return Object.fromEntries(Object.entries(before).filter(([pattern]) => !patterns.includes(pattern)));
}

function entryFor(entry: unknown, profile: PrivacyProfile): unknown {
  return typeof entry === "object" && entry !== null && "providers" in entry ? { ...entry, profile } : profile;
}

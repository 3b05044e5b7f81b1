import type { ProviderPreferences } from "../routing/providerPreferences.ts";

/** What a person wants of whoever gets their text, from the widest to the narrowest. */
export const PRIVACY_PROFILES = ["none", "no-training", "zero-retention", "local-only"] as const;

export type PrivacyProfile = (typeof PRIVACY_PROFILES)[number];

/**
 * What a profile asks of every provider, in the gateway's terms. A gateway on this machine may pass a request on, so it is
 * asked for as much as any other. Source: OpenRouter `ProviderPreferences`.
 */
export function privacyRules(profile: PrivacyProfile): Pick<ProviderPreferences, "dataCollection" | "zdr"> {
  switch (profile) {
    case "none":
      return {};
    case "no-training":
      return { dataCollection: "deny" };
    case "zero-retention":
    case "local-only":
      return { dataCollection: "deny", zdr: true };
  }
}

export function narrowerPrivacy(one: PrivacyProfile, other: PrivacyProfile): PrivacyProfile {
  return PRIVACY_PROFILES.indexOf(one) >= PRIVACY_PROFILES.indexOf(other) ? one : other;
}

/** For sentences. */
export function privacyName(profile: PrivacyProfile): string {
  return profile.replace("-", " ");
}

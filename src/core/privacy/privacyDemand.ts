import { type PrivacyProfile, narrowerPrivacy, privacyRules } from "./privacyProfile.ts";

/** What every request of this window must ask of providers, whoever builds it. */
export interface PrivacyDemand {
  readonly profile: PrivacyProfile;
  readonly dataCollection?: "deny";
  readonly zdr?: true;
  /** No others; an empty list leaves nobody. */
  readonly onlyProviders?: readonly string[];
}

/** What one place asks for: the person for a folder, or a workspace's policy. */
export interface PrivacyWish {
  readonly privacy?: PrivacyProfile;
  readonly dataCollection?: "deny";
  readonly zdr?: true;
  readonly onlyProviders?: readonly string[];
}

/** Both together. Whatever the wish says, nothing of the demand is taken back. */
export function tightenDemand(demand: PrivacyDemand | undefined, wish: PrivacyWish): PrivacyDemand | undefined {
  const { privacy = "none", onlyProviders } = wish;
  const profile = narrowerPrivacy(demand?.profile ?? "none", privacy);
  const before = demand?.onlyProviders;
  const only = onlyProviders?.filter((slug) => before?.includes(slug) ?? true) ?? before;
  const rules = privacyRules(profile);
  const deny = demand?.dataCollection ?? wish.dataCollection ?? rules.dataCollection;
  const zdr = demand?.zdr ?? wish.zdr ?? rules.zdr;
  if (profile === "none" && deny !== "deny" && zdr !== true && only === undefined) return undefined;
  return {
    profile,
    ...(deny === "deny" ? { dataCollection: deny } : {}),
    ...(zdr === true ? { zdr } : {}),
    ...(only === undefined ? {} : { onlyProviders: only }),
  };
}

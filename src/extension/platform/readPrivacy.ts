import { type PrivacyChoice, type PrivacyRule, choosePrivacy } from "../../core/privacy/choosePrivacy.ts";
import { type PrivacyWish, tightenDemand } from "../../core/privacy/privacyDemand.ts";
import { PRIVACY_PROFILES, type PrivacyProfile } from "../../core/privacy/privacyProfile.ts";
import type { FolderAddresses } from "../../core/workspaces/folderRule.ts";
import { SETTINGS } from "./contributions.ts";
import { ruleOf, ruleOfList, rulesOf } from "./partReaders.ts";
import { PROVIDER_SLUG } from "./policyRules.ts";
import { type PartReader, type SettingReader, oneOf } from "./settingReader.ts";

const readProfile: PartReader<PrivacyWish> = ruleOf(oneOf(PRIVACY_PROFILES), (privacy: PrivacyProfile) => ({
  privacy,
}));

const readParts = rulesOf<PrivacyWish>({
  profile: readProfile,
  // As elsewhere, an empty list asks for nothing.
  providers: ruleOfList(PROVIDER_SLUG, (onlyProviders) => (onlyProviders.length === 0 ? {} : { onlyProviders })),
});

/**
 * The privacy that the person's own settings demand for the open folders. A workspace's values are not looked at. What
 * makes no sense leaves it unclear, so that nothing goes out under less than was meant.
 */
export function readPrivacy(reader: SettingReader, folders: readonly FolderAddresses[]): PrivacyChoice {
  const otherwise = readOtherwise(reader);
  const rules = readRules(reader);
  if (otherwise === undefined) {
    return { kind: "unclear", detail: `${SETTINGS.privacyDefault} must be one of ${PRIVACY_PROFILES.join(", ")}` };
  }
  if (rules === undefined) {
    return { kind: "unclear", detail: `${SETTINGS.privacyOfWorkspaces} must say what holds by folder` };
  }
  return choosePrivacy(rules, folders, otherwise);
}

/** Whoever looks at the rules although nothing may be sent sees the narrowest. */
export function privacyWishes(choice: PrivacyChoice): readonly PrivacyWish[] {
  if (choice.kind === "unclear") return [{ privacy: "local-only" }];
  return choice.wishes.filter((wish) => tightenDemand(undefined, wish) !== undefined);
}

function readOtherwise(reader: SettingReader): PrivacyWish | undefined {
  const { userValue, defaultValue } = reader.raw(SETTINGS.privacyDefault);
  return readProfile(userValue ?? defaultValue, reader.noteFor(SETTINGS.privacyDefault));
}

function readRules(reader: SettingReader): readonly PrivacyRule[] | undefined {
  const value = reader.raw(SETTINGS.privacyOfWorkspaces).userValue ?? {};
  const note = reader.noteFor(SETTINGS.privacyOfWorkspaces);
  if (typeof value !== "object" || Array.isArray(value)) {
    note("", "an object with what holds by folder");
    return undefined;
  }
  return Object.entries(value).map(([pattern, own]: [string, unknown]) => ({
    pattern,
    wish: readWish(own, (part, expected) => note(part === "" ? pattern : `${pattern}.${part}`, expected)),
  }));
}

/** A profile alone, or with the only providers; a part that makes no sense makes none of the whole. */
function readWish(value: unknown, note: (part: string, expected: string) => void): PrivacyWish | undefined {
  if (typeof value === "string") return readProfile(value, note);
  let isSound = true;
  const parts = readParts(value, (part, expected) => {
    isSound = false;
    note(part, expected);
  });
  if (!isSound || parts === undefined || parts.length === 0) return undefined;
  return parts.reduce<PrivacyWish>((wish, part) => ({ ...wish, ...part }), {});
}

import type { Attribution } from "../../turn/turnRequest.ts";
import { SETTINGS } from "./contributions.ts";
import { type Expectation, type SettingReader, oneOf, orNull } from "./settingReader.ts";

/** What requests tell the gateway besides what is asked. */
export interface AttributionSettings {
  readonly attribution: Attribution;
  /** Whether requests name this app. */
  readonly namesApp: boolean;
}

/** The length is OpenRouter's limit. */
const pseudonym: Expectation<string> = {
  expected: "a pseudonym of up to 128 characters",
  parse: (value) => (typeof value === "string" && /^[^]{1,128}$/.test(value) ? value : undefined),
};

const texts: Expectation<Readonly<Record<string, string>>> = {
  expected: "texts by name",
  parse: (value) => (isTexts(value) ? value : undefined),
};

function isTexts(value: unknown): value is Readonly<Record<string, string>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return Object.values(value).every((text) => typeof text === "string");
}

/** The person's own values: what leaves the machine is not a workspace's to say. */
export function readAttribution(reader: SettingReader): AttributionSettings {
  const flag = oneOf([true, false]);
  return {
    attribution: {
      user: reader.expect(SETTINGS.attributionUser, orNull(pseudonym)) ?? undefined,
      metadata: reader.expect(SETTINGS.attributionMetadata, texts) ?? {},
      sendsSession: reader.expect(SETTINGS.attributionSession, flag) ?? true,
    },
    namesApp: reader.expect(SETTINGS.attributionApp, flag) ?? true,
  };
}

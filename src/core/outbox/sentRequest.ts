import type { PrivacyProfile } from "../privacy/privacyProfile.ts";
import type { ProviderPreferences } from "../routing/providerPreferences.ts";
import type { TaskType } from "../tasks/taskType.ts";
import type { Surface } from "../waybill/waybill.ts";

/** Something that a request held. */
export interface SentItem {
  /** For instance `question`, `earlier messages`, `file` or `image`. */
  readonly what: string;
  /** Where it is from, for instance `src/invoice.ts:12-20`; empty where there is nothing to say. */
  readonly label: string;
  /** In UTF-8, before it was put into the request's form. */
  readonly bytes: number;
}

/** What a request asked of providers. */
export type SentRules = Pick<ProviderPreferences, "dataCollection" | "zdr" | "only" | "ignore" | "order">;

/** A request with a person's text in it, as it was about to leave. */
export interface SentRequest {
  readonly atMs: number;
  readonly turnId: string;
  /** 1 for the first of its turn. */
  readonly attempt: number;
  readonly surface: Surface;
  readonly taskType: TaskType;
  readonly workspace: string;
  /** For instance `https://openrouter.ai`. */
  readonly gatewayOrigin: string;
  /** What the person calls the key that pays. */
  readonly keyName: string;
  /** The asked one, then those that may stand in at the gateway. */
  readonly models: readonly string[];
  readonly privacy: PrivacyProfile;
  /** Empty where the gateway takes no such rules. */
  readonly rules: SentRules;
  readonly items: readonly SentItem[];
  /** How many different secrets left as placeholders; absent where none did. */
  readonly maskedSecrets?: number;
  /** Of the whole body, as it went out. */
  readonly bytes: number;
  /** The body, where the person keeps it; pictures are left out of it. */
  readonly text?: string;
}

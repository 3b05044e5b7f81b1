import type { ProviderPreferences } from "./providerPreferences.ts";
import { providerSlug } from "./providerSlug.ts";
import type { OutcomeCounts } from "./successOdds.ts";

/** What one provider's answers of a model met. */
export interface ProviderRecord extends OutcomeCounts {
  /** Display name; `undefined` where the gateway did not say. */
  readonly provider: string | undefined;
  /** How much it served lately, in any unit. */
  readonly lately: number;
}

type AskedProviders = Pick<ProviderPreferences, "only" | "order" | "ignore">;

/**
 * The same model differs by up to 15 to 20 points between providers and quantisations: a standard deviation of about 0.1.
 * For a share of about 0.8 that makes the model's record say as much of one provider as this many own outcomes, at most.
 */
const MODEL_WEIGHT = 16;

/**
 * What the records of a model's providers say of its next answer. Those that the policy asks count fully, each by how much
 * it serves lately; what the others did says a little of the model and no more.
 */
export function blendProviders(records: readonly ProviderRecord[], policy: AskedProviders): OutcomeCounts {
  const { asked = [], others = [] } = Object.groupBy(records, (record) =>
    isAsked(record, policy) ? "asked" : "others",
  );
  const own = byShareOfLate(asked, shareAccepted(sumOf(records)));
  const foreign = sumOf(others);
  const weight = MODEL_WEIGHT / (MODEL_WEIGHT + foreign.accepted + foreign.rejected);
  return { accepted: own.accepted + weight * foreign.accepted, rejected: own.rejected + weight * foreign.rejected };
}

/** A slug may name a variant, as in `deepinfra/fp8`; the gateway reports the provider alone. */
function isAsked({ provider }: ProviderRecord, { only, order, ignore = [] }: AskedProviders): boolean {
  const named = only ?? order ?? [];
  const slug = provider === undefined ? undefined : providerSlug(provider);
  const isIn = (slugs: readonly string[]) => slugs.some((known) => known.split("/", 1)[0] === slug);
  return named.length > 0 ? isIn(named) : !isIn(ignore);
}

/** As many outcomes as there are, accepted as often as those who serve now would have it. */
function byShareOfLate(records: readonly ProviderRecord[], ofModel: number): OutcomeCounts {
  const sum = sumOf(records);
  const lately = records.reduce((total, record) => total + record.lately, 0);
  if (records.length < 2 || lately === 0) return sum;
  const share = records.reduce((total, { accepted, rejected, lately: own }) => {
    const odds = (accepted + MODEL_WEIGHT * ofModel) / (accepted + rejected + MODEL_WEIGHT);
    return total + (odds * own) / lately;
  }, 0);
  const outcomes = sum.accepted + sum.rejected;
  return { accepted: outcomes * share, rejected: outcomes * (1 - share) };
}

function sumOf(records: readonly OutcomeCounts[]): OutcomeCounts {
  return records.reduce<OutcomeCounts>(
    (sum, { accepted, rejected }) => ({ accepted: sum.accepted + accepted, rejected: sum.rejected + rejected }),
    { accepted: 0, rejected: 0 },
  );
}

function shareAccepted({ accepted, rejected }: OutcomeCounts): number {
  return accepted + rejected === 0 ? 0 : accepted / (accepted + rejected);
}

import { compareDecimals, decimalToText } from "../money/decimal.ts";
import type { Catalog, CatalogModel } from "./catalogModel.ts";
import { type ModelPrices, type PriceOverride, type TokenPrices, type UsdPrice, dearestPrices } from "./modelPrices.ts";

export type PriceUnit = "prompt" | "completion" | "request";

/** A difference between two model lists. */
export type CatalogChange = { readonly modelId: string; readonly modelName: string } & (
  | { readonly kind: "gone" }
  /** `date` as `YYYY-MM-DD`. */
  | { readonly kind: "expires"; readonly date: string }
  | { readonly kind: "repointed"; readonly from: string; readonly to: string }
  | {
      readonly kind: "price";
      readonly unit: PriceUnit;
      /** Per token, or per request. */
      readonly from: UsdPrice;
      readonly to: UsdPrice;
      /** `undefined` for what was free before. */
      readonly percent: number | undefined;
    }
  | { readonly kind: "context"; readonly from: number; readonly to: number }
  | { readonly kind: "parameters"; readonly lost: readonly string[] }
);

type Change<Model = CatalogChange> = Model extends CatalogChange ? Omit<Model, "modelId" | "modelName"> : never;

/** The gateway writes a year far off where it has no date. */
const FORESEEABLE_MS = 2 * 365 * 24 * 60 * 60 * 1000;

/** What has become of these models from one list to the next. An id that the old list did not have is passed over. */
export function compareCatalogs(
  before: Catalog,
  after: Catalog,
  modelIds: readonly string[],
): readonly CatalogChange[] {
  const old = modelsById(before);
  const now = modelsById(after);
  const horizon = new Date(after.fetchedAtMs + FORESEEABLE_MS).toISOString().slice(0, 10);
  return [...new Set(modelIds)].flatMap((modelId) => {
    const was = old.get(modelId);
    if (was === undefined) return [];
    return compareModels(was, now.get(modelId), horizon).map((change) => ({
      ...change,
      modelId,
      modelName: was.name,
    }));
  });
}

/** Names a change, so that it is told once. */
export function changeKey(change: CatalogChange): string {
  const { modelId, modelName: _name, kind, ...facts } = change;
  const values = Object.values(facts).map((fact) =>
    typeof fact === "object" && "coefficient" in fact ? decimalToText(fact) : String(fact),
  );
  return [kind, modelId, ...values].join(" ");
}

/** As routing looks models up: of several rows with one id the first counts. */
function modelsById({ models }: Catalog): ReadonlyMap<string, CatalogModel> {
  return new Map(models.toReversed().map((model) => [model.id, model]));
}

function compareModels(was: CatalogModel, is: CatalogModel | undefined, horizon: string): readonly Change[] {
  if (is === undefined) return [{ kind: "gone" }];
  return [
    ...newExpiration(was, is, horizon),
    ...comparePrices(was.prices, is.prices),
    ...newTarget(was, is),
    ...smallerContext(was, is),
    ...lostParameters(was, is),
  ];
}

function newExpiration(was: CatalogModel, is: CatalogModel, horizon: string): readonly Change[] {
  const { expirationDate: date } = is;
  return date === undefined || date === was.expirationDate || date > horizon ? [] : [{ kind: "expires", date }];
}

function newTarget({ aliasTarget: from }: CatalogModel, { aliasTarget: to }: CatalogModel): readonly Change[] {
  return from === undefined || to === undefined || from === to ? [] : [{ kind: "repointed", from, to }];
}

function smallerContext({ contextTokens: from }: CatalogModel, { contextTokens: to }: CatalogModel): readonly Change[] {
  return to < from ? [{ kind: "context", from, to }] : [];
}

function lostParameters(was: CatalogModel, is: CatalogModel): readonly Change[] {
  const left = new Set(is.supportedParameters);
  const lost = [...new Set(was.supportedParameters)].filter((name) => !left.has(name)).toSorted();
  return lost.length === 0 ? [] : [{ kind: "parameters", lost }];
}

/**
 * Base prices first, then the dearest of all conditions. Where prices go by the clock the base is the price of the moment
 * and differs by the hour, so there only a change of the conditions counts.
 */
function comparePrices(was: ModelPrices, is: ModelPrices): readonly Change[] {
  const dearest = () => compareUnits(dearestPrices(was, Infinity), dearestPrices(is, Infinity));
  if (goesByClock(was) || goesByClock(is)) return hasSameConditions(was, is) ? [] : dearest();
  const base = compareUnits(was, is);
  return base.length > 0 ? base : dearest();
}

function compareUnits(was: TokenPrices, is: TokenPrices): readonly Change[] {
  const units: readonly (readonly [PriceUnit, UsdPrice, UsdPrice])[] = [
    ["prompt", was.promptPerToken, is.promptPerToken],
    ["completion", was.completionPerToken, is.completionPerToken],
    ["request", was.perRequest, is.perRequest],
  ];
  return units.flatMap(([unit, from, to]) =>
    compareDecimals(from, to) === 0 ? [] : [{ kind: "price", unit, from, to, percent: percentOf(from, to) }],
  );
}

/** To two decimals. */
function percentOf(from: UsdPrice, to: UsdPrice): number | undefined {
  const scale = Math.max(from.scale, to.scale);
  const [was, is] = [from, to].map((price) => price.coefficient * 10n ** BigInt(scale - price.scale));
  if (was === undefined || is === undefined || was === 0n) return undefined;
  return Number(((is - was) * 10_000n) / was) / 100;
}

function goesByClock({ overrides }: ModelPrices): boolean {
  return overrides.some(({ utcFrom, utcTo, utcDays }) => [utcFrom, utcTo, utcDays].some((when) => when !== undefined));
}

function hasSameConditions(was: ModelPrices, is: ModelPrices): boolean {
  return (
    was.overrides.length === is.overrides.length &&
    was.overrides.every((override, place) => describeOverride(override) === describeOverride(is.overrides[place]))
  );
}

function describeOverride(override: PriceOverride | undefined): string {
  return JSON.stringify(override, (_name, value: unknown) => (typeof value === "bigint" ? String(value) : value));
}

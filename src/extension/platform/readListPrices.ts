import type { ListPrice } from "../../gateway/listPrices.ts";
import type { PartReader } from "./settingReader.ts";

/** The prices that make sense, by pattern. */
export const listPrices: PartReader<readonly ListPrice[]> = (value, note) => {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    note("", "prices by model id");
    return undefined;
  }
  return Object.entries(value).flatMap(([pattern, item]: [string, unknown]) => {
    const prices = readPrices(item);
    if (prices === undefined) note(pattern, "an object with prompt and completion, US dollars per million tokens");
    return prices === undefined ? [] : [{ pattern: pattern.trim(), ...prices }];
  });
};

function readPrices(item: unknown): Omit<ListPrice, "pattern"> | undefined {
  if (typeof item !== "object" || item === null || Object.keys(item).length !== 2) return undefined;
  if (!("prompt" in item && "completion" in item)) return undefined;
  const { prompt, completion } = item;
  return isPrice(prompt) && isPrice(completion) ? { prompt, completion } : undefined;
}

function isPrice(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value) && value >= 0;
}

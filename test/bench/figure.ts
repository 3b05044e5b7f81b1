type FigureUnit = "bytes" | "ms" | "count" | "chunks/s" | "USD" | "%";

/** One measured value. A figure without a target is there to explain the others. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: FigureUnit;
  /** The target: the value must be smaller. In the unit of the value. */
  readonly below?: number;
  /** The target: the value must not be smaller. In the unit of the value. */
  readonly atLeast?: number;
  /** The value as a multiple of what it is compared with. */
  readonly ratio?: number;
  /** The target: the ratio must not be larger. */
  readonly ratioAtMost?: number;
  /** The target: the ratio must not be smaller. */
  readonly ratioAtLeast?: number;
}

interface Target {
  readonly text: string;
  readonly isMet: boolean;
}

/** One row of the table: what, value, ratio, target, met. */
export function figureRow(figure: Figure): string {
  const { what, value, unit, ratio } = figure;
  const target = targetOf(figure);
  const ratioText = ratio === undefined ? "" : `${ratio.toFixed(2)}×`;
  return `| ${what} | ${rounded(value, unit)} | ${ratioText} | ${target?.text ?? ""} | ${verdict(target)} |`;
}

function targetOf(figure: Figure): Target | undefined {
  const { value, unit, below, atLeast, ratio, ratioAtMost, ratioAtLeast } = figure;
  if (below !== undefined) return { text: `< ${withUnit(below, unit)}`, isMet: value < below };
  if (atLeast !== undefined) return { text: `≥ ${withUnit(atLeast, unit)}`, isMet: value >= atLeast };
  if (ratio === undefined) return undefined;
  if (ratioAtLeast !== undefined) return { text: `≥ ${ratioAtLeast}×`, isMet: ratio >= ratioAtLeast };
  return ratioAtMost === undefined ? undefined : { text: `≤ ${ratioAtMost}×`, isMet: ratio <= ratioAtMost };
}

function verdict(target: Target | undefined): string {
  if (target === undefined) return "";
  return target.isMet ? "met" : "**not met**";
}

function rounded(value: number, unit: FigureUnit): string {
  switch (unit) {
    case "bytes":
      return withUnit(Math.round(value / 100) * 100, unit);
    case "ms":
      return withUnit(Number(value.toFixed(value < 0.1 ? 4 : value < 20 ? 2 : 0)), unit);
    case "count":
      return withUnit(Number(value.toFixed(2)), unit);
    case "chunks/s":
      return withUnit(Math.round(value / 1000) * 1000, unit);
    case "USD":
      return withUnit(Number(value.toFixed(3)), unit);
    case "%":
      return withUnit(Number(value.toFixed(1)), unit);
  }
}

/** 1 KB is 1000 bytes, as on the Marketplace. */
function withUnit(value: number, unit: FigureUnit): string {
  switch (unit) {
    case "bytes":
      return `${value / 1000} KB`;
    case "ms":
      return `${value} ms`;
    case "count":
      return String(value);
    case "chunks/s":
      return `${value.toLocaleString("en")}/s`;
    case "USD":
      return `$${value}`;
    case "%":
      return `${value} %`;
  }
}

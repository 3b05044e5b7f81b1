type FigureUnit = "bytes" | "ms" | "count";

/** One measured value. A figure without `below` has no target and is there to explain the others. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: FigureUnit;
  /** The target: the value must be smaller. In the unit of the value. */
  readonly below?: number;
}

/** One row of the table: what, value, target, met. */
export function figureRow({ what, value, unit, below }: Figure): string {
  const target = below === undefined ? "" : `< ${withUnit(below, unit)}`;
  return `| ${what} | ${rounded(value, unit)} | ${target} | ${verdict(value, below)} |`;
}

function verdict(value: number, below: number | undefined): string {
  if (below === undefined) return "";
  return value < below ? "met" : "**not met**";
}

function rounded(value: number, unit: FigureUnit): string {
  switch (unit) {
    case "bytes":
      return withUnit(Math.round(value / 100) * 100, unit);
    case "ms":
      return withUnit(Number(value.toFixed(value < 20 ? 2 : 0)), unit);
    case "count":
      return withUnit(value, unit);
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
  }
}

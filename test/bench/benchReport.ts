import { type Figure, figureRow } from "./figure.ts";

/** What one part of the bench found. Notes say how a figure was taken, in whole sentences. */
export interface BenchReport {
  readonly figures: readonly Figure[];
  /** Tables in Markdown that show more than the figures, which are held against targets. */
  readonly tables?: readonly string[];
  readonly notes: readonly string[];
}

/** Markdown: one table with the figures of all parts, then what else they show, then their notes. */
export function describeReports(reports: readonly BenchReport[]): string {
  const rows = reports.flatMap(({ figures }) => figures.map(figureRow));
  const tables = reports.flatMap((report) => report.tables ?? []).flatMap((table) => [table, ""]);
  const notes = reports.flatMap((report) => report.notes.map((note) => `- ${note}`));
  return [
    "| What | Value | Ratio | Target | Met |",
    "| --- | ---: | ---: | ---: | --- |",
    ...rows,
    "",
    ...tables,
    ...notes,
  ].join("\n");
}

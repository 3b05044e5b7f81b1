import type { SpendViewState } from "../../protocol/spendMessages.ts";

/** What a screen reader is told after a snapshot; `undefined` when there is nothing new. */
export function announcementFor(before: SpendViewState | undefined, after: SpendViewState): string | undefined {
  const sentences = [
    ...(after.note !== undefined && after.note !== before?.note ? [after.note] : []),
    ...(isOtherReport(before, after) ? [describeReport(after)] : []),
    ...(after.list !== undefined && after.list.asked !== (before?.list?.asked ?? 0)
      ? [`${after.list.title}, page ${after.list.page}, ${after.list.rows.length} rows.`]
      : []),
  ].filter((sentence) => sentence !== "");
  return sentences.length === 0 ? undefined : sentences.join(" ");
}

function isOtherReport(before: SpendViewState | undefined, after: SpendViewState): boolean {
  return (
    before !== undefined &&
    (before.report?.rangeText !== after.report?.rangeText || before.dimension !== after.dimension)
  );
}

function describeReport({ report, dimension }: SpendViewState): string {
  const spent = report?.figures[0];
  return report === undefined || spent === undefined
    ? ""
    : `${spent.value} spent, ${report.rangeText}, by ${dimension}.`;
}

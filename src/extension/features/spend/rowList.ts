import { describeFilter } from "../../../core/spend/describeValue.ts";
import { presentRow } from "../../../core/spend/presentReport.ts";
import type { RowFilter, RowPlace } from "../../../core/spend/spendRow.ts";
import type { DayRange } from "../../../core/spend/spendSums.ts";
import type { RowListView } from "../../../protocol/spendMessages.ts";
import type { RowPage, SpendHistory } from "../../../store/spendHistory.ts";
import { formatTime } from "./spendReader.ts";

/** The rows below the figures, and how the person got to their page. */
export class RowList {
  #filter: RowFilter | undefined;
  #page: RowPage = { rows: [], hasMore: false };
  /** After which row each page up to this one begins; the first begins with the latest row. */
  #starts: readonly (RowPlace | undefined)[] = [undefined];
  /** How often rows were asked for by a click. */
  #asked = 0;
  #isAsked = false;

  /** The rows are those of a figure, not simply of the period. */
  get isAsked(): boolean {
    return this.#isAsked;
  }

  get view(): RowListView | undefined {
    if (this.#filter === undefined) return undefined;
    return {
      title: `Rows: ${describeFilter(this.#filter)}`,
      rows: this.#page.rows.map((row) => presentRow(row, formatTime)),
      page: this.#starts.length,
      hasMore: this.#page.hasMore,
      asked: this.#asked,
    };
  }

  async show(history: SpendHistory, filter: RowFilter): Promise<void> {
    this.#isAsked = true;
    this.#asked += 1;
    await this.#read(history, { filter, starts: [undefined] });
  }

  /** All rows of the period, until the person asks for some. */
  async follow(history: SpendHistory, range: DayRange): Promise<void> {
    const isSame = this.#filter?.firstDay === range.firstDay && this.#filter.lastDay === range.lastDay;
    await this.#read(history, { filter: range, starts: isSame ? this.#starts : [undefined] });
  }

  async refresh(history: SpendHistory): Promise<void> {
    if (this.#filter !== undefined) await this.#read(history, { filter: this.#filter, starts: this.#starts });
  }

  async turn(history: SpendHistory, to: "next" | "previous"): Promise<void> {
    if (this.#filter === undefined) return;
    const last = this.#page.rows.at(-1);
    if (to === "next" && (!this.#page.hasMore || last === undefined)) return;
    if (to === "previous" && this.#starts.length === 1) return;
    this.#asked += 1;
    const starts = to === "next" ? [...this.#starts, last] : this.#starts.slice(0, -1);
    await this.#read(history, { filter: this.#filter, starts });
  }

  forget(): void {
    this.#filter = undefined;
    this.#isAsked = false;
  }

  async #read(
    history: SpendHistory,
    { filter, starts }: { filter: RowFilter; starts: readonly (RowPlace | undefined)[] },
  ): Promise<void> {
    this.#page = await history.page(filter, starts.at(-1));
    this.#filter = filter;
    this.#starts = starts;
  }
}

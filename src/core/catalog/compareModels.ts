import { plainMarkdown, tableRow } from "../text/markdownTable.ts";
import type { BrowsedModel } from "./browsedModel.ts";
import { modelRows } from "./presentModel.ts";

/** More do not fit beside each other. */
export const MOST_COMPARED = 4;

/** A Markdown table with a column a model. Names come from the gateway, so nothing in them is markup. */
export function comparisonMarkdown(models: readonly BrowsedModel[], gatewayHost: string): string {
  const columns = models.map(modelRows);
  const rows = (columns[0] ?? []).map(({ label }, row) => ({
    label,
    values: columns.map((column) => column[row]?.value),
  }));
  const lines = [
    tableRow(["", ...models.map(({ model }) => plainMarkdown(model.name))]),
    tableRow(["---", ...models.map(() => "---")]),
    ...rows
      .filter(({ values }) => values.some((value) => value !== undefined))
      .map(({ label, values }) => tableRow([`**${label}**`, ...values.map((value) => plainMarkdown(value ?? "–"))])),
  ];
  return `# Models Compared

${lines.join("\n")}

From the model list of ${plainMarkdown(gatewayHost)}, in US dollars, at the prices of this hour. Models that reason bill the tokens they
think with as part of the answer. The list does not say which models are served without keeping data.
`;
}

import { type QuickPickItem, QuickPickItemKind, ThemeIcon } from "vscode";
import type { BrowsedModel } from "../../../core/catalog/browsedModel.ts";
import type { EndpointList } from "../../../core/catalog/modelEndpoint.ts";
import { endpointRows } from "../../../core/catalog/presentEndpoints.ts";

const HEADING = { label: "Who serves it", kind: QuickPickItemKind.Separator };

/** While the gateway is asked. */
export function askingItems(): readonly QuickPickItem[] {
  return [HEADING, { label: "Asking the gateway …", iconPath: new ThemeIcon("info") }];
}

/** Every provider with its terms and how it does; never rejects. */
export async function servingItems(
  entry: BrowsedModel,
  asking: Promise<EndpointList | undefined>,
): Promise<readonly QuickPickItem[]> {
  try {
    const list = await asking;
    return list === undefined ? [] : [HEADING, ...rows(entry, list)];
  } catch {
    return [HEADING, { label: "The gateway did not say; open the details again to ask once more" }];
  }
}

function rows({ zeroRetentionTags }: BrowsedModel, list: EndpointList): readonly QuickPickItem[] {
  const serving = endpointRows(list, zeroRetentionTags).map(({ provider, terms, service }) => ({
    label: provider,
    description: terms,
    detail: service,
    iconPath: new ThemeIcon("server"),
  }));
  const { skippedRows } = list;
  const unread = skippedRows === 0 ? [] : [{ label: `${skippedRows} more could not be understood` }];
  return serving.length + unread.length === 0 ? [{ label: "Nobody at the moment" }] : [...serving, ...unread];
}

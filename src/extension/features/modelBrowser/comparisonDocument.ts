import { COMPARISON_SCHEME } from "../../platform/contributions.ts";
import { MarkdownPage } from "../../platform/markdownPage.ts";

/** The models that are held against each other in this window, and the page that shows them. */
export class ComparisonDocument extends MarkdownPage {
  /** In the order they were added; lives as long as the window, so that the list can be closed in between. */
  readonly modelIds = new Set<string>();

  constructor() {
    super({
      scheme: COMPARISON_SCHEME,
      name: "Model Comparison",
      empty: "Nothing is compared in this window. **Waybill: Browse Models** has a button for it on every model.\n",
    });
  }
}

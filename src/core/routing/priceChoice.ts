import { priceTokens } from "../budget/worstCase.ts";
import type { CatalogModel } from "../catalog/catalogModel.ts";
import type { ModelChoice } from "./routeDecision.ts";

/** Real answers stay well below the length limit; expected cost counts with this many tokens. */
const EXPECTED_COMPLETION_TOKENS = 800;
/** The prompt bound counts bytes; typical text has about four to a token. */
const BYTES_PER_TOKEN = 4;
const SHORTEST_USEFUL_ANSWER_TOKENS = 256;

/** In tokens; the prompt's is an upper bound. */
export interface RequestSize {
  readonly promptTokens: number;
  readonly maxCompletionTokens: number;
}

/** What a request of this size costs on a model, expected and at worst. */
export function priceChoice(model: CatalogModel, quality: number | undefined, size: RequestSize): ModelChoice {
  const room = model.contextTokens - size.promptTokens;
  const longest = Math.min(size.maxCompletionTokens, model.maxCompletionTokens ?? size.maxCompletionTokens);
  const maxCompletionTokens = Math.max(1, Math.min(longest, Math.max(SHORTEST_USEFUL_ANSWER_TOKENS, room)));
  const { dearest } = model.prices;
  return {
    model,
    quality,
    maxCompletionTokens,
    ceiling: dearest,
    expectedCost: priceTokens(
      model.prices,
      {
        promptTokens: Math.ceil(size.promptTokens / BYTES_PER_TOKEN),
        completionTokens: Math.min(EXPECTED_COMPLETION_TOKENS, maxCompletionTokens),
      },
      "nearest",
    ),
    worstCase: priceTokens(dearest, { promptTokens: size.promptTokens, completionTokens: maxCompletionTokens }, "up"),
  };
}

import { formatUsd } from "../../../../core/money/formatUsd.ts";
import type { ExtensionServices } from "../../../platform/extensionServices.ts";
import type { ChatSession } from "../chatSession.ts";
import { Comparison } from "./comparison.ts";
import { comparisonOf } from "./comparisonOf.ts";

/** Offers a summary with what it would cost. Asks nothing of the gateway; where no price is known, nothing is offered. */
export async function priceSummary(services: ExtensionServices, session: ChatSession): Promise<void> {
  const order = new Comparison(session).summaryOrder();
  if (order === undefined) return;
  const routed = await (await services.engine.get()).routeKnown(order).catch(() => undefined);
  const comparison = comparisonOf(session.tree);
  if (routed?.decision.kind !== "route" || comparison === undefined) return;
  const { total } = comparison;
  session.ports.emit({
    kind: "comparison-priced",
    ...(total === undefined ? {} : { total }),
    summarise: `Summarise Where They Agree (about ${formatUsd(routed.decision.choice.expectedCost)})`,
  });
}

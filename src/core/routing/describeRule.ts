import type { ExclusionRule } from "./routeDecision.ts";

/** Why one model is kept out: what follows its name. */
export function describeRule(rule: ExclusionRule): string {
  switch (rule) {
    case "not-text":
      return "does not answer in text";
    case "router":
      return "is a router, whose price is not known beforehand";
    case "batch-only":
      return "only works for batches";
    case "expired":
      return "is no longer served";
    case "context-too-small":
      return "has too small a context window for this request";
    case "no-images":
      return "does not see images";
    case "no-provider":
      return "has no provider in service that your settings and this workspace both allow";
    case "no-zdr":
      return "has no provider with zero data retention";
    case "denied":
      return "is ruled out by a list of models that may not be asked";
    case "not-allowed":
      return "is not on the list of models that may be asked";
    case "too-dear":
      return "is above your price ceiling";
    case "not-stronger":
      return "is no stronger than the one that answered";
    case "costs-money":
      return "costs money, and the profile is free";
    case "free-terms":
      return "is free of charge, with terms of its own";
    case "no-evidence":
      return "has no benchmark";
  }
}

/** Why models are kept out: what follows their count. */
export function describeRulePlural(rule: ExclusionRule): string {
  switch (rule) {
    case "not-text":
      return "do not answer in text";
    case "router":
      return "are routers, whose price is not known beforehand";
    case "batch-only":
      return "only work for batches";
    case "expired":
      return "are no longer served";
    case "context-too-small":
      return "have too small a context window";
    case "no-images":
      return "do not see images";
    case "no-provider":
      return "have no provider in service that your settings and this workspace both allow";
    case "no-zdr":
      return "have no provider with zero data retention";
    case "denied":
      return "are ruled out by a list of models that may not be asked";
    case "not-allowed":
      return "are not on the list of models that may be asked";
    case "too-dear":
      return "are above your price ceiling";
    case "not-stronger":
      return "are no stronger than the one that answered";
    case "costs-money":
      return "cost money, and the profile is free";
    case "free-terms":
      return "are free ones, which only the profile free uses";
    case "no-evidence":
      return "have no benchmark";
  }
}

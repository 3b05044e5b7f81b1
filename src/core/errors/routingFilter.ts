/** What took the last endpoint off the gateway's list, in words that follow "ruled out by" in a sentence. */
export type RoutingFilter =
  | "the data policy"
  | "zero data retention"
  | "the no-training rule"
  | "the price ceiling"
  | "the allowed providers"
  | "tool support"
  | "the required parameters"
  | "the context length"
  | "the quantization"
  | "the region"
  | "the guardrails"
  | "the kind of output"
  | "an outstanding confirmation"
  | "the gate for coding agents";

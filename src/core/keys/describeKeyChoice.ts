import type { KeyChoice } from "./chooseKey.ts";

/** Which key is used and why, for instance `production, for the environment production`. */
export function describeKeyChoice(choice: KeyChoice): string {
  return choice.kind === "unclear" ? `none, since ${choice.detail}` : `${choice.name}${describeReason(choice)}`;
}

/** For instance `, for the environment production`; empty for the default. */
export function describeReason({ reason }: Extract<KeyChoice, { kind: "key" }>): string {
  switch (reason.kind) {
    case "default":
      return "";
    case "environment":
      return `, for the environment ${reason.environment}`;
    case "workspace":
      return `, for ${reason.pattern}`;
  }
}

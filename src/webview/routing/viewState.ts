import type { RoutingViewState, ToRoutingView } from "../../protocol/routingMessages.ts";

/** Everything the routing view renders from. `host` is missing until the first snapshot. */
export interface ViewState {
  readonly host: RoutingViewState | undefined;
  /** What is typed for the dry run. */
  readonly text: string;
  /** A dry run is on its way. */
  readonly isTrying: boolean;
  /** What a screen reader is told. */
  readonly announcement: string;
}

/** What changes the state: a message of the host, or the person at the dry run. */
export type ViewInput =
  | ToRoutingView
  | { readonly type: "text-typed"; readonly text: string }
  | { readonly type: "dry-run-sent" };

export const initialViewState: ViewState = { host: undefined, text: "", isTrying: false, announcement: "" };

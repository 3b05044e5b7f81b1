import { announcementFor } from "./announcement.ts";
import type { ViewInput, ViewState } from "./viewState.ts";

/** The next state of the routing view. Pure. */
export function reduce(state: ViewState, input: ViewInput): ViewState {
  switch (input.type) {
    case "snapshot": {
      const { host } = state;
      return {
        host: input.state,
        // A page that is loaded anew takes up the text that the host still has.
        text: host === undefined && state.text === "" ? input.state.dryRunText : state.text,
        isTrying: state.isTrying && host?.dryRuns === input.state.dryRuns,
        announcement: announcementFor(host, input.state) ?? state.announcement,
      };
    }
    case "text-typed":
      return { ...state, text: input.text };
    case "dry-run-sent":
      return state.text.trim() === "" ? state : { ...state, isTrying: true };
  }
}

import assert from "node:assert/strict";
import type { RoutingRow, RoutingViewState } from "../../src/protocol/routingMessages.ts";
import { announcementFor } from "../../src/webview/routing/announcement.ts";
import { reduce } from "../../src/webview/routing/reduce.ts";
import { initialViewState, type ViewInput, type ViewState } from "../../src/webview/routing/viewState.ts";

function rowOf(scope: RoutingRow["scope"], model?: string, parts: Partial<RoutingRow> = {}): RoutingRow {
  const choice = { modelId: `a/${model}`, name: model ?? "", cost: "about $1, at most $2", evidence: "quality 90%" };
  return {
    scope,
    label: scope,
    cells: {},
    ...(model === undefined ? {} : { route: { ladder: [choice], standIns: [], others: 0 } }),
    ...parts,
  };
}

function hostWith(parts: Partial<RoutingViewState> = {}): RoutingViewState {
  return { rows: [], models: [], typical: "", dryRunText: "", dryRuns: 0, ...parts };
}

const snapshot = (parts: Partial<RoutingViewState> = {}): ViewInput => ({ type: "snapshot", state: hostWith(parts) });

function run(...inputs: readonly ViewInput[]): ViewState {
  return inputs.reduce(reduce, initialViewState);
}

describe("the state of the routing view", () => {
  it("takes up the text of the last dry run once, and never over what is being typed", () => {
    assert.equal(run(snapshot({ dryRunText: "Fix it" })).text, "Fix it");
    assert.equal(run({ type: "text-typed", text: "x" }, snapshot({ dryRunText: "Fix it" })).text, "x");
    assert.equal(run(snapshot(), { type: "text-typed", text: "" }, snapshot({ dryRunText: "Fix it" })).text, "");
  });

  it("waits for a dry run until one has ended", () => {
    const asked = [snapshot(), { type: "text-typed", text: "Fix it" }, { type: "dry-run-sent" }] as const;
    assert.equal(run(...asked).isTrying, true);
    assert.equal(run(...asked, snapshot()).isTrying, true);
    assert.equal(run(...asked, snapshot({ dryRuns: 1 })).isTrying, false);
  });

  it("does not wait for a dry run without a text", () => {
    assert.equal(run(snapshot(), { type: "dry-run-sent" }).isTrying, false);
  });
});

describe("what a screen reader is told of the routing view", () => {
  const check = (
    name: string,
    before: RoutingViewState | undefined,
    after: RoutingViewState,
    said: string | undefined,
  ) => it(name, () => assert.equal(announcementFor(before, after), said));
  const written = { setting: '"a": 1', isRemoved: false, where: "user" } as const;
  const plain = hostWith({ rows: [rowOf("fix", "One")] });

  check("nothing at the start", undefined, plain, undefined);
  check("nothing when models become known", hostWith({ rows: [rowOf("fix")] }), plain, undefined);
  check("nothing when nothing has changed", plain, plain, undefined);
  check(
    "what was written",
    plain,
    hostWith({ rows: [rowOf("fix", "One", { written })] }),
    'Written to your user settings: "a": 1.',
  );
  check("that it was taken back", hostWith({ rows: [rowOf("fix", "One", { written })] }), plain, "Taken back.");
  check(
    "why something was not written",
    plain,
    hostWith({ rows: [rowOf("fix", "One", { refused: { rule: "pin", value: "x", sentence: "No." } })] }),
    "No.",
  );
  check("which other model a row has", plain, hostWith({ rows: [rowOf("fix", "Two")] }), "fix would now ask Two.");
  const rows = (model: string) =>
    hostWith({ rows: (["fix", "plan", "test", "edit"] as const).map((scope) => rowOf(scope, model)) });
  check(
    "how many rows have another model, when they are many",
    rows("One"),
    rows("Two"),
    "4 tasks have another model now.",
  );
});

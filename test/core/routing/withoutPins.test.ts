import assert from "node:assert/strict";
import { DEFAULT_POLICY } from "../../../src/core/routing/routePolicy.ts";
import { withoutPins } from "../../../src/core/routing/withoutPins.ts";

describe("rules without pins", () => {
  it("name no model any more, and exclude what they excluded", () => {
    const base = { ...DEFAULT_POLICY, pin: "a/b", deny: ["c/*"] };
    const { base: bare, tasks } = withoutPins({ base, tasks: { fix: { pin: "d/e", profile: "quality" } } });
    assert.deepEqual(bare, { ...DEFAULT_POLICY, deny: ["c/*"] });
    assert.deepEqual(tasks, { fix: { profile: "quality" } });
  });
});

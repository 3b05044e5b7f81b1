import assert from "node:assert/strict";
import { chooseRoute } from "../../../src/core/routing/chooseRoute.ts";
import { DEFAULT_POLICY } from "../../../src/core/routing/routePolicy.ts";
import { unmatchedPatternReasons } from "../../../src/core/routing/unmatchedPatterns.ts";
import { certainTask } from "../tasks/certainTask.ts";
import { LIST_AT_MS, catalogOf, modelOf } from "../catalog/catalogOf.ts";

const MODELS = [modelOf("a/one"), modelOf("B/two")];
const reasons = (allow: readonly string[], deny: readonly string[] = []) =>
  unmatchedPatternReasons({ ...DEFAULT_POLICY, allow: [allow], deny }, MODELS);

describe("patterns that match no model", () => {
  it("are named once, whichever list they are on", () => {
    assert.deepEqual(reasons(["a/*", "b/TWO"], ["*one"]), []);
    assert.deepEqual(reasons(["a/*", "c/*"], ["c/*", "d"]), [
      "No model matches c/*, d of the lists of models to allow or deny.",
    ]);
  });

  it("are only counted where there are many, and cut where they are long", () => {
    const [line = ""] = reasons(["c", "d", "e", "f", "x".repeat(1_000)]);
    assert.match(line, /^No model matches c, d, e and 2 more of/);
    assert.ok((reasons(["x".repeat(1_000)])[0] ?? "").length < 160);
  });

  it("have a line in the decision, also when it refuses", () => {
    const task = certainTask("explain");
    const request = { task, promptTokens: 100, nowMs: LIST_AT_MS };
    const lists = [{ deny: ["c/*"] }, { allow: [["c/*"]] }, { pin: "a/one", deny: ["c/*"] }];
    const decisions = lists.map((rules) => chooseRoute(request, catalogOf(...MODELS), { ...DEFAULT_POLICY, ...rules }));
    assert.deepEqual(
      decisions.map(({ kind }) => kind),
      ["route", "refuse", "route"],
    );
    for (const { explanation } of decisions) assert.match(explanation.reasons.join(" "), /No model matches c\/\*/);
  });
});

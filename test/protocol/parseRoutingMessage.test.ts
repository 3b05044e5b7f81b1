import assert from "node:assert/strict";
import fc from "fast-check";
import { parseRoutingMessage } from "../../src/protocol/parseRoutingMessage.ts";
import type { FromRoutingView } from "../../src/protocol/routingMessages.ts";

const GOOD: readonly FromRoutingView[] = [
  { type: "ready" },
  { type: "change-rule", scope: "fix", rule: "profile", value: "economy" },
  { type: "change-rule", scope: "workspace", rule: "maxTokens", value: "" },
  { type: "revert", scope: "all" },
  { type: "dry-run", text: "Fix it" },
  { type: "keep-text", text: "" },
  { type: "show-now" },
  { type: "solve-problem" },
  { type: "open-settings", where: "user" },
  { type: "view-failed", message: "x" },
];

describe("messages from the routing view", () => {
  it("are taken when they are exactly what the protocol says", () => {
    for (const message of GOOD) assert.deepEqual(parseRoutingMessage(message), message);
  });

  it("are dropped when anything is added, missing or of another type", () => {
    for (const message of GOOD) {
      assert.equal(parseRoutingMessage({ ...message, key: "waybill.gateway.url" }), undefined);
      for (const field of Object.keys(message)) {
        assert.equal(parseRoutingMessage({ ...message, [field]: 7 }), undefined);
        const { [field]: _, ...rest } = { ...message } as Record<string, unknown>;
        assert.equal(parseRoutingMessage(rest), undefined);
      }
    }
  });

  it("cannot name a rule or a row that the table does not have", () => {
    const change = { type: "change-rule", scope: "fix", rule: "profile", value: "x" };
    for (const wrong of [{ rule: "providers" }, { scope: "everything" }, { value: "x".repeat(501) }]) {
      assert.equal(parseRoutingMessage({ ...change, ...wrong }), undefined);
    }
  });

  it("of any shape never throw and never pass by accident", () => {
    const known = new Set(GOOD.map(({ type }) => type as string));
    fc.assert(
      fc.property(fc.anything(), (value) => {
        const parsed = parseRoutingMessage(value);
        assert.ok(parsed === undefined || known.has(parsed.type));
      }),
    );
  });
});

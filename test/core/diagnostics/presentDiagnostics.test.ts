import assert from "node:assert/strict";
import { type DiagnosticsReport, remoteKind } from "../../../src/core/diagnostics/diagnosticsReport.ts";
import { presentDiagnostics } from "../../../src/core/diagnostics/presentDiagnostics.ts";

const REPORT: DiagnosticsReport = {
  versions: { waybill: "0.1.0", editor: "1.105.0", node: "24.1.0" },
  system: "linux x64",
  screen: "browser",
  remote: "ssh-remote",
  isTrusted: false,
  gateway: "another",
  transport: "gateway-not-allowed",
  key: "session-only",
  ledger: {
    kind: "usable",
    counts: [
      { what: "days", count: 12 },
      { what: "sums", count: 1_000 },
    ],
  },
  outbox: { kind: "failed", code: "outbox-unusable" },
  chats: { kind: "usable", counts: [{ what: "chats", count: 0 }] },
  changedSettings: ["waybill.gateway.url"],
  invalidSettings: [],
  codes: [
    { atMs: Date.UTC(2026, 10, 21, 9), event: "sign-in", code: "WaybillError(network)" },
    { atMs: Date.UTC(2026, 10, 21, 10), event: "sign-in", code: "WaybillError(timeout) <- Error(ECONNRESET)" },
  ],
};

describe("the page of diagnostics", () => {
  it("names each state, and how much there is only roughly", () => {
    const page = presentDiagnostics(REPORT);
    for (const row of [
      "| Waybill | 0.1.0 |",
      "| System | linux x64 |",
      "| Workspace | Restricted Mode |",
      "| Transport | gateway-not-allowed |",
      "| Key | session-only |",
      "| Ledger | usable, up to 100 days, up to 1000 sums |",
      "| What was sent | outbox-unusable |",
      "| Chats | usable, no chats |",
      "- waybill.gateway.url",
    ]) {
      assert.ok(page.split("\n").includes(row), `${row} in\n${page}`);
    }
    assert.doesNotMatch(page, /Make No Sense/);
  });

  it("lists the codes, the newest first, in which nothing is markup", () => {
    const [first, second] = presentDiagnostics(REPORT)
      .split("\n")
      .filter((line) => line.includes("sign-in"));
    assert.match(
      first ?? "",
      /^\| 2026-11-21 10:00:00 \| sign-in \| WaybillError\\\(timeout\\\) \\<- Error\\\(ECONNRESET/,
    );
    assert.match(second ?? "", /^\| 2026-11-21 09:00:00 /);
  });

  it("says so where there is nothing", () => {
    const page = presentDiagnostics({
      ...REPORT,
      remote: undefined,
      ledger: { kind: "none" },
      ...{ changedSettings: [], invalidSettings: ["waybill.keys.workspaces"], codes: [] },
    });
    assert.match(page, /\| Remote \| none \|\n/);
    assert.match(page, /\| Ledger \| none yet \|/);
    assert.match(page, /## Settings That Make No Sense\n\n- waybill\.keys\.workspaces\n/);
    assert.equal(page.match(/^None\.$/gm)?.length, 2);
  });

  it("tells no host by the name of a remote", () => {
    assert.deepEqual([undefined, "wsl", "10.0.0.1:8080", "build.acme.example"].map(remoteKind), [
      ...[undefined, "wsl", "another", "another"],
    ]);
  });
});

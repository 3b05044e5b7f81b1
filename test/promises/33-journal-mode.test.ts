import assert from "node:assert/strict";
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { DatabaseSync } from "node:sqlite";
import { mock } from "node:test";
import { journalMode } from "../../src/store/openDatabase.ts";
import { createStoreFolder } from "../store/storeFolder.ts";

/** Types as `statfs` tells them (man 2 statfs). */
const FILE_SYSTEMS = [
  { name: "ext4", type: 0xef53, isLocal: true },
  { name: "tmpfs", type: 0x01021994, isLocal: true },
  { name: "APFS and others that are not listed", type: 0x1a, isLocal: true },
  { name: "NFS", type: 0x6969, isLocal: false },
  { name: "SMB of before", type: 0xff534d42, isLocal: false },
  { name: "SMB", type: 0xfe534d42, isLocal: false },
  { name: "9p", type: 0x01021997, isLocal: false },
  { name: "FUSE", type: 0x65735546, isLocal: false },
] as const;

const VERSIONS = [
  { version: "3.51.2", isSound: false },
  { version: "3.46.1", isSound: false },
  { version: "0", isSound: false },
  { version: "", isSound: false },
  { version: "3.51.3", isSound: true },
  { version: "3.52.0", isSound: true },
  { version: "4.0.0", isSound: true },
] as const;

const FULL = 2;
const EXTRA = 3;

describe("promise 33: the ledger's journal mode fits", () => {
  afterEach(() => {
    mock.restoreAll();
    syncBuiltinESMExports();
  });

  function pretend(type: number): void {
    mock.method(fs, "statfsSync", () => ({ type }));
    syncBuiltinESMExports();
  }

  for (const { name, type, isLocal } of FILE_SYSTEMS) {
    it(`on ${name}: ${isLocal ? "WAL with a SQLite whose WAL is sound" : "never WAL"}`, () => {
      pretend(type);
      for (const { version, isSound } of VERSIONS) {
        assert.equal(journalMode(version, "/data/ledger.sqlite"), isLocal && isSound ? "WAL" : "DELETE", version);
      }
    });
  }

  it("on a share of Windows: never WAL", () => {
    assert.equal(journalMode("3.52.0", String.raw`\\server\share\ledger.sqlite`), "DELETE");
  });

  for (const { mode, synchronous } of [
    { mode: "WAL", synchronous: FULL },
    { mode: "DELETE", synchronous: EXTRA },
  ] as const) {
    it(`is in force in a ledger that is open: ${mode}, each commit on the disk`, async () => {
      const folder = createStoreFolder(mode);
      const ledger = await folder.openLedger();
      const [opened]: DatabaseSync[] = closedBy(() => ledger.close());
      assert.ok(opened !== undefined);
      const inForce = ["journal_mode", "synchronous", "foreign_keys", "busy_timeout"].map(
        (name) => Object.values(opened.prepare(`PRAGMA ${name}`).get() ?? {})[0],
      );
      opened.close();
      assert.deepEqual(inForce, [mode.toLowerCase(), synchronous, 1, 20]);
      folder.remove();
    });
  }
});

/** The databases that an action would close, still open: what is in force is known to their own connection only. */
function closedBy(action: () => void): DatabaseSync[] {
  const found: DatabaseSync[] = [];
  mock.method(DatabaseSync.prototype, "close", function (this: DatabaseSync) {
    found.push(this);
  });
  action();
  mock.restoreAll();
  return found;
}

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, readdirSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { WaybillError } from "../../src/core/errors/waybillError.ts";
import { type OutboxLimits, type OutboxStore, openOutboxStore } from "../../src/store/outboxStore.ts";
import { sentRow } from "./sentRow.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const NOON_MS = Date.UTC(2026, 10, 20, 12);

describe("the list of what was sent", function () {
  this.timeout(60_000);
  let folder: string;
  let path: string;
  let damages: number;
  let opened: OutboxStore[];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "waybill-outbox-"));
    path = join(folder, "outbox.sqlite");
    [damages, opened] = [0, []];
  });
  afterEach(async () => {
    for (const outbox of opened) await outbox.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function open(limits?: OutboxLimits, nowMs = NOON_MS): Promise<OutboxStore> {
    const outbox = await openOutboxStore({
      path,
      now: () => nowMs,
      reportDamage: () => void (damages += 1),
      ...(limits === undefined ? {} : { limits }),
    });
    opened.push(outbox);
    return outbox;
  }

  const turns = async (outbox: OutboxStore) => (await outbox.list(1_000)).map(({ turnId }) => turnId);

  it("gives back what was noted, the newest first, page by page", async () => {
    const outbox = await open();
    const whole = sentRow({
      turnId: "whole",
      attempt: 2,
      models: ["a/b", "c/d"],
      privacy: "zero-retention",
      rules: { dataCollection: "deny", zdr: true, only: ["x"], ignore: ["y"], order: ["x"] },
      maskedSecrets: 2,
      text: '{"model":"a/b"}',
    });
    await outbox.note(sentRow({ turnId: "first" }));
    await outbox.note(whole);
    const [newest, oldest] = await outbox.list(10);
    assert.deepEqual({ ...newest, id: undefined }, { ...whole, id: undefined });
    assert.equal(oldest?.turnId, "first");
    assert.deepEqual(
      (await outbox.list(10, newest?.id)).map(({ turnId }) => turnId),
      ["first"],
    );
    assert.deepEqual(await outbox.list(10, oldest?.id), []);
  });

  it("has no text where none is kept", async () => {
    const outbox = await open();
    await outbox.note(sentRow());
    assert.equal((await outbox.list(1))[0]?.text, undefined);
  });

  it("loses no row of windows that write at the same moment, nor of one that is killed", async () => {
    const worker = fileURLToPath(new URL("outboxWorker.ts", import.meta.url));
    const windows = ["a", "b", "killed"].map((name) => {
      const rows = name === "killed" ? 100_000 : 150;
      const child = spawn(process.execPath, [worker, path, name, String(rows)], { stdio: ["pipe", "pipe", "inherit"] });
      let output = "";
      child.stdout.setEncoding("utf8").on("data", (text: string) => {
        output += text;
        if (name === "killed" && output.split("\n").length > 40) child.kill("SIGKILL");
      });
      const ready = new Promise<void>((resolve) => child.stdout.once("data", () => resolve()));
      const ended = once(child, "close").then(() => [...output.matchAll(/^wrote (\S+)$/gm)].map(([, turn]) => turn));
      return { child, ready, ended };
    });
    await Promise.all(windows.map(({ ready }) => ready));
    for (const { child } of windows) child.stdin.write("go\n");
    const told = (await Promise.all(windows.map(({ ended }) => ended))).flat();
    const listed = new Set(await turns(await open()));
    assert.ok(told.length > 300, `${told.length} rows`);
    for (const turn of told) assert.ok(turn !== undefined && listed.has(turn), turn);
    assert.equal(damages, 0);
  });

  for (const { name, damage } of [
    { name: "empty", damage: () => truncateSync(path, 0) },
    { name: "no database", damage: () => writeFileSync(path, "What was sent to whom? ".repeat(500)) },
  ]) {
    it(`is set aside and told where the file is ${name}, and begins anew`, async () => {
      const before = await open();
      await before.note(sentRow());
      await before.close();
      rmSync(`${path}-wal`, { force: true });
      damage();
      const outbox = await open();
      await outbox.note(sentRow({ turnId: "after" }));
      assert.deepEqual(await turns(outbox), ["after"]);
      assert.equal(damages, 1);
      assert.equal(readdirSync(folder).filter((file) => file.includes(".damaged-")).length > 0, true);
    });
  }

  it("begins anew where pages of the file are damaged", async () => {
    const outbox = await open();
    for (let row = 0; row < 200; row += 1) await outbox.note(sentRow({ text: "x".repeat(2_000) }));
    await outbox.close();
    const whole = readFileSync(path);
    writeFileSync(path, Buffer.concat([whole.subarray(0, 4_096), Buffer.alloc(whole.length - 4_096, 0x5a)]));
    const again = await open();
    await again.note(sentRow({ turnId: "after" }));
    assert.ok((await turns(again)).includes("after"));
    assert.equal(damages, 1);
  });

  it("says why it cannot be written", async () => {
    const outbox = await open();
    await outbox.note(sentRow());
    const blocker = new DatabaseSync(path);
    blocker.exec("PRAGMA max_page_count = 1; BEGIN EXCLUSIVE");
    try {
      await assert.rejects(
        outbox.note(sentRow()),
        (error) => error instanceof WaybillError && error.code === "outbox-unusable" && error.isUncharged,
      );
    } finally {
      blocker.close();
    }
    await outbox.note(sentRow());
    assert.equal((await turns(outbox)).length, 2);
  });

  it("rejects where its folder is a file", async () => {
    writeFileSync(join(folder, "file"), "");
    const options = { path: join(folder, "file", "outbox.sqlite"), now: () => NOON_MS, reportDamage: () => undefined };
    await assert.rejects(
      openOutboxStore(options),
      (error) => error instanceof WaybillError && error.code === "outbox-unusable",
    );
  });

  it("lets go of what is too old", async () => {
    const outbox = await open({ ageMs: 90 * DAY_MS, bytes: 1e9, every: 1 });
    for (const days of [200, 91, 89, 0])
      await outbox.note(sentRow({ atMs: NOON_MS - days * DAY_MS, turnId: `${days}` }));
    await outbox.close();
    assert.deepEqual(await turns(await open()), ["0", "89"]);
  });

  it("lets go of the oldest beyond its size", async () => {
    const outbox = await open({ ageMs: DAY_MS, bytes: 10_000, every: 1 });
    for (let row = 0; row < 20; row += 1) await outbox.note(sentRow({ turnId: `${row}`, text: "x".repeat(2_000) }));
    await outbox.close();
    const left = await turns(await open());
    assert.equal(left[0], "19");
    assert.ok(left.length >= 3 && left.length <= 5, left.join());
  });

  it("forgets days, or all, and leaves nothing of them on the disk", async () => {
    const outbox = await open();
    const text = (day: string) => `the text of ${day} that nobody may find`;
    for (const day of ["2026-11-18", "2026-11-19", "2026-11-20"]) {
      await outbox.note(sentRow({ atMs: Date.parse(`${day}T23:59:59.999Z`), turnId: day, text: text(day) }));
    }
    assert.equal(await outbox.forget({ firstDay: "2026-11-18", lastDay: "2026-11-19" }), 2);
    assert.deepEqual(await turns(outbox), ["2026-11-20"]);
    assert.equal(await outbox.forget(), 1);
    await outbox.close();
    for (const file of readdirSync(folder)) {
      assert.equal(readFileSync(join(folder, file)).includes("that nobody may find"), false, file);
    }
  });
});

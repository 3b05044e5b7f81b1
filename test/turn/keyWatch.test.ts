import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { dailyLimit } from "../../src/core/budget/spendLimit.ts";
import { toNanoUsd } from "../../src/core/money/nanoUsd.ts";
import type { Gateway } from "../../src/gateway/gateway.ts";
import { type KeyNews, KeyWatch } from "../../src/turn/keyWatch.ts";
import { type TurnBench, eventOf, openTurnBench } from "./turnBench.ts";

const MINUTE_MS = 60_000;
const LIMITED = "sk-or-v1-limited";

describe("what the gateway says of the key", () => {
  let bench: TurnBench;
  let nowMs: number;
  let news: KeyNews[];
  beforeEach(async () => {
    // The middle of the day, so that figures are never those of the day before.
    nowMs = new Date().setUTCHours(12, 0, 0, 0);
    news = [];
    bench = await openTurnBench({
      key: LIMITED,
      simulator: { keys: [{ key: LIMITED, limitUsd: 1, limitReset: "monthly" }], now: () => nowMs },
      now: () => nowMs,
    });
  });
  afterEach(() => bench.close());

  function watch(gatewayWithKey: (name: string) => Gateway = () => assert.fail("no other key")): KeyWatch {
    const ledger = async () => bench.ledger;
    return new KeyWatch({ ledger, gatewayWithKey, now: () => nowMs, report: (one) => news.push(one) });
  }

  const askedKey = () => bench.simulator.requests.filter(({ path }) => path.endsWith("/key")).length;

  /** The gateway's limit is told of; a turn then names it. */
  async function refusal(): Promise<string> {
    return eventOf(await bench.run(), "turn-refused").problem.sentence;
  }

  it("is asked after a use, at most every quarter of an hour, and a minute after a refusal", async () => {
    const { gateway } = bench.services;
    const keys = watch();
    await keys.noteUse(gateway, false);
    assert.equal(askedKey(), 0, "nothing is known of the gateway before its model list is");
    await bench.run();
    await keys.noteUse(gateway, false);
    await keys.noteUse(gateway, true);
    nowMs += 2 * MINUTE_MS;
    await keys.noteUse(gateway, false);
    assert.equal(askedKey(), 1);
    await keys.noteUse(gateway, true);
    nowMs += 14 * MINUTE_MS;
    await keys.noteUse(gateway, false);
    assert.equal(askedKey(), 2);
    nowMs += MINUTE_MS;
    await keys.noteUse(gateway, false);
    assert.equal(askedKey(), 3);
    keys.close();
    nowMs += 20 * MINUTE_MS;
    await keys.noteUse(gateway, true);
    assert.equal(askedKey(), 3);
  });

  it("stops a turn at the key's own limit before anything is sent, and says which wall it was", async () => {
    await bench.run();
    bench.simulator.spendElsewhere(0.9999, LIMITED);
    const spent = bench.simulator.billNanoUsd(LIMITED);
    await watch().ask(bench.services.gateway);
    const sentBefore = bench.simulator.books(LIMITED).length;
    const sentence = await refusal();
    assert.match(sentence, /Your key's limit of \$1\.00 a month at 127\.0\.0\.1:\d+ has \$0\.000\d+ left/);
    assert.match(sentence, /Nothing was sent or charged/);
    assert.equal(bench.simulator.books(LIMITED).length, sentBefore);
    const place = {
      workspace: "w",
      keyLabel: "default",
      chat: undefined,
      gatewayOrigin: bench.services.gateway.origin,
    };
    const [wall] = await bench.ledger.standings(place, [], nowMs);
    assert.deepEqual([wall?.scope, wall?.spent, wall?.limit], ["gateway", spent, 1e9]);
  });

  it("counts what other machines spent with the key towards the person's own limits", async () => {
    await bench.run();
    const limits = [dailyLimit("user", toNanoUsd(300_000_000))];
    assert.equal((await bench.run({ limits })).at(-1)?.type, "turn-end");
    bench.simulator.spendElsewhere(0.2999, LIMITED);
    await watch().ask(bench.services.gateway);
    const { problem } = eventOf(await bench.run({ limits }), "turn-refused");
    assert.match(
      problem.sentence,
      /Your budget of \$0\.30 a day has \$0\.30\d* spent \(\$0\.30 of it elsewhere, says 127/,
    );
    assert.equal(
      (await bench.run({ limits: [dailyLimit("workspace", toNanoUsd(300_000_000))] })).at(-1)?.type,
      "turn-end",
    );
  });

  it("is forgotten when its limit is told to be higher", async () => {
    await bench.run();
    bench.simulator.spendElsewhere(0.9999, LIMITED);
    await watch().ask(bench.services.gateway);
    await refusal();
    bench.simulator.addKey({ key: LIMITED, limitUsd: 2, limitReset: "monthly" });
    await watch().ask(bench.services.gateway);
    assert.equal((await bench.run()).at(-1)?.type, "turn-end");
  });

  it("changes nothing when the gateway cannot be asked", async () => {
    await bench.run();
    bench.simulator.faultNext({ kind: "http", on: "key", status: 500, body: {} });
    await assert.rejects(watch().ask(bench.services.gateway));
    assert.equal((await bench.run()).at(-1)?.type, "turn-end");
    assert.deepEqual(news, []);
  });

  it("tells once that a key has no limit, and only where a limit can be set", async () => {
    const { gateway } = bench.services;
    const without: Gateway = {
      ...gateway,
      origin: "https://openrouter.ai",
      host: "openrouter.ai",
      fetchKeyStatus: async (signal) => ({
        ...(await gateway.fetchKeyStatus(signal)),
        limit: undefined,
        limitRemaining: undefined,
      }),
    };
    for (const asked of [without, without, { ...without, origin: gateway.origin }, { ...without, keyName: "work" }]) {
      await watch().ask(asked);
    }
    const told = news.flatMap((one) => (one.kind === "no-limit" ? [[one.keyName, one.page]] : []));
    const page = "https://openrouter.ai/settings/keys";
    assert.deepEqual(told, [
      ["default", page],
      ["work", page],
    ]);
  });

  it("settles a few costs of windows that died, each with the key that paid, and only once", async () => {
    const OTHER = "sk-or-v1-other";
    bench.simulator.addKey({ key: OTHER });
    const { gateway } = bench.services;
    const work: Gateway = { ...bench.servicesFor(OTHER).gateway, keyName: "work" };
    const lost = { reserved: toNanoUsd(5_000_000), before: nowMs - 60 * MINUTE_MS };
    await bench.run();
    const generationOf = async (asked: Gateway): Promise<string> => {
      const signal = new AbortController().signal;
      const request = { model: "deepseek/deepseek-v4-flash", messages: [{ role: "user" as const, content: "Hi" }] };
      const events = bench.run({}, signal);
      await events;
      assert.ok(asked.keyName !== "" && request.model !== "");
      return String(bench.rows().at(-1)?.["generation_id"]);
    };
    const known = await generationOf(gateway);
    const die = async (keyLabel: string, generationId: string | undefined): Promise<void> => {
      const reservationId = randomUUID();
      await bench.ledger.reserve({
        reservationId,
        turnId: randomUUID(),
        workspace: "w",
        keyLabel,
        chat: undefined,
        surface: "chat",
        taskType: "question",
        gatewayOrigin: gateway.origin,
        askedModel: "a/b",
        amount: lost.reserved,
        tokens: 10,
        limits: [],
        nowMs: lost.before,
      });
      await bench.ledger.renew(reservationId, generationId, lost.before);
    };
    await die("default", known);
    await die("default", undefined);
    await die("work", "gen-of-nobody");
    await die("gone", known);
    await bench.ledger.recoverOrphans(nowMs);
    nowMs += 1;
    const byName: Record<string, Gateway> = { work };
    const keys = watch((name) => byName[name] ?? bench.servicesFor("sk-or-v1-unknown").gateway);
    await keys.noteUse(gateway, false);
    await keys.noteUse(gateway, false);
    const sources = bench
      .rows()
      .slice(-4)
      .map((row) => [row["key_label"], row["cost_source"]]);
    assert.deepEqual(sources, [
      ["default", "reconciled"],
      ["default", "unknown"],
      ["work", "unknown"],
      ["gone", "unknown"],
    ]);
    const settled = news.filter((one) => one.kind === "settled");
    assert.deepEqual(
      settled.map(({ rows }) => rows.length),
      [1],
    );
    const looked = bench.simulator.requests.filter(({ path }) => path.includes("/generation"));
    assert.equal(looked.length, 3);
  });
});

import assert from "node:assert/strict";
import fc from "fast-check";
import * as z from "zod";
import { failed } from "../../src/core/checks/checkVerdict.ts";
import { toNanoUsd } from "../../src/core/money/nanoUsd.ts";
import { PRIVACY_PROFILES, type PrivacyProfile } from "../../src/core/privacy/privacyProfile.ts";
import { withChatChoice } from "../../src/core/routing/chatChoice.ts";
import { DEFAULT_POLICY, type PolicySet, type RoutePolicy } from "../../src/core/routing/routePolicy.ts";
import { thriftyPolicies } from "../../src/core/routing/thriftyPolicies.ts";
import { tightenPolicies } from "../../src/core/routing/tightenPolicy.ts";
import { presentWaybill } from "../../src/core/waybill/presentWaybill.ts";
import type { TurnServices } from "../../src/turn/turnRequest.ts";
import { runTurn } from "../../src/turn/runTurn.ts";
import type { Fault } from "../simulator/startSimulator.ts";
import { type TurnBench, collect, eventOf, openTurnBench, turnRequest } from "./turnBench.ts";

const RULES: RoutePolicy = {
  ...DEFAULT_POLICY,
  maxCompletionTokens: 1_024,
  fallbackPriceFactor: 3,
  climbBudget: toNanoUsd(1_000_000_000),
};

const sentBody = z.object({
  provider: z.object({ data_collection: z.string().optional(), zdr: z.boolean().optional() }),
});

const fault: fc.Arbitrary<Fault> = fc.constantFrom<Fault>(
  { kind: "error", error: "provider-error" },
  { kind: "error", error: "overloaded", models: "all" },
  { kind: "error", error: "upstream-rate-limit" },
  { kind: "error", error: "gateway-timeout" },
  { kind: "error", error: "fewer-max-tokens" },
  { kind: "end-early", afterChunks: 0 },
  { kind: "cut", afterChunks: 2 },
  { kind: "answer", content: "" },
  { kind: "html", status: 502 },
);

const plan = fc.record({
  profile: fc.constantFrom(...PRIVACY_PROFILES),
  faults: fc.array(fault, { maxLength: 5 }),
  climb: fc.constantFrom<RoutePolicy["climb"]>("never", "on-failed-check"),
  // What a person's own rules for a task may say against it.
  own: fc.constantFrom<RoutePolicy["provider"]>({}, { dataCollection: "allow", zdr: false }, { sort: "price" }),
  way: fc.constantFrom("question", "short", "chosen"),
});

function policiesFor({
  profile,
  climb,
  own,
  way,
}: { profile: PrivacyProfile; way: string } & Pick<RoutePolicy, "climb"> & {
    own: RoutePolicy["provider"];
  }): PolicySet {
  const person: PolicySet = {
    base: { ...RULES, climb },
    tasks: { explain: { provider: own }, question: { provider: own }, title: { provider: own } },
  };
  const policies = tightenPolicies(tightenPolicies(person, { privacy: profile }), { privacy: "none" });
  if (way === "short") return thriftyPolicies(policies, { taskType: "title", mostTokens: 300 });
  return way === "chosen" ? withChatChoice(policies, { kind: "profile", profile: "quality" }) : policies;
}

describe("the privacy of a turn", function () {
  this.timeout(60_000);
  let bench: TurnBench;
  beforeEach(async () => {
    bench = await openTurnBench({ timeouts: { headMs: 400, idleMs: 400 } });
  });
  afterEach(() => bench.close());

  const chats = () => bench.simulator.requests.filter(({ path }) => path.includes("chat"));

  it("goes with every request, whatever fails, stands in or climbs, and whatever other rules say", async () => {
    let [requests, retried] = [0, 0];
    await fc.assert(
      fc.asyncProperty(plan, async (wish) => {
        bench.simulator.reset();
        bench.simulator.faultNext(wish.faults);
        const check = async () => failed("is not what was asked for");
        await bench.run({ policies: policiesFor(wish), check });
        const bodies = chats().map(({ body }) => sentBody.parse(body));
        requests += bodies.length;
        retried += Math.max(0, bodies.length - 1);
        if (wish.profile === "none") return;
        for (const { provider } of bodies) {
          assert.equal(provider.data_collection, "deny");
          if (wish.profile !== "no-training") assert.equal(provider.zdr, true);
        }
      }),
      { numRuns: 25 },
    );
    assert.ok(requests > 25 && retried > 5, `${requests} requests, ${retried} of them not the first of their turn`);
  });

  it("stands on the waybill, and why nobody else was asked", async () => {
    const events = await bench.run({ policies: policiesFor({ ...PLAIN, profile: "zero-retention" }) });
    const { waybill } = eventOf(events, "turn-end");
    const rows = new Map(presentWaybill(waybill).rows.map(({ label, value }) => [label, value]));
    assert.equal(rows.get("Privacy"), "zero retention asked for; the gateway is on this machine");
    assert.match(waybill.reasons.join(" "), /Privacy: zero retention, asked of every provider\./);
  });

  it("is nothing on the waybill where nothing is demanded", async () => {
    const { waybill } = eventOf(await bench.run(), "turn-end");
    assert.equal(waybill.privacy, undefined);
  });

  const refuse = async (gateway: Partial<TurnServices["gateway"]>, profile: PrivacyProfile) => {
    const elsewhere = new Proxy(bench.services.gateway, {
      get: (target, name) => Reflect.get({ ...gateway, host: "llm.example" }, name) ?? Reflect.get(target, name),
    });
    const request = turnRequest({ policies: policiesFor({ ...PLAIN, profile }) });
    const services = { ...bench.services, gateway: elsewhere };
    const { problem } = eventOf(
      await collect(runTurn(services, request, new AbortController().signal)),
      "turn-refused",
    );
    assert.equal(chats().length, 0);
    assert.equal(bench.rows().length, 0);
    return problem;
  };

  it("refuses a gateway elsewhere under local only, in one sentence with one action", async () => {
    const { sentence, action } = await refuse({ isLocal: false }, "local-only");
    assert.equal(
      sentence,
      "The privacy of this workspace is local only, and llm.example is not on this machine. Nothing was sent or charged, and your text is kept.",
    );
    assert.equal(action.id, "set-privacy");
  });

  for (const profile of ["no-training", "zero-retention"] as const) {
    it(`refuses a gateway elsewhere that takes no rules under ${profile}`, async () => {
      const { sentence } = await refuse({ isLocal: false, hasEndpoints: false }, profile);
      assert.match(sentence, /^The privacy of this workspace is .*, and llm\.example takes no such rules/);
    });
  }

  it("names itself where the gateway finds nobody that qualifies", async () => {
    const { base } = policiesFor({ ...PLAIN, profile: "no-training" });
    const events = await bench.run({ policy: { ...base, pin: "z-ai/glm-5.2:free" } });
    const { problem } = eventOf(events, "turn-failed");
    assert.match(problem.sentence, /and the privacy of this workspace is no training\./);
    assert.equal(problem.action.id, "set-privacy");
  });
});

const PLAIN = { climb: "never", own: {}, way: "question" } as const;

import assert from "node:assert/strict";
import { buildChatMessages, buildRewriteMessages } from "../../src/core/conversation/buildMessages.ts";
import type { CodeContext, ConversationMessage } from "../../src/core/conversation/conversationMessage.ts";
import { readCodeBlock } from "../../src/core/edits/readCodeBlock.ts";
import { SecretVault } from "../../src/core/secrets/secretVault.ts";
import { routeTurn } from "../../src/turn/routeTurn.ts";
import { runTurn } from "../../src/turn/runTurn.ts";
import type { TurnEvent } from "../../src/turn/turnEvent.ts";
import { SECRET_SAMPLES } from "../core/secrets/secretSamples.ts";
import {
  type TurnBench,
  type TurnWish,
  collect,
  eventOf,
  openTurnBench,
  textOf,
  turnRequest,
} from "../turn/turnBench.ts";

const CODE: CodeContext = {
  label: "settings.ts",
  languageId: "typescript",
  text: SECRET_SAMPLES.map(({ text }) => text).join("\n"),
  diagnostics: [],
};
const OTHER_KEY = "sk-or-v1-fedcba9876543210fedcba9876543210";

describe("promise 17: secrets in what is sent leave as placeholders and come back", () => {
  let bench: TurnBench;
  let vault: SecretVault;
  before(async () => {
    bench = await openTurnBench();
  });
  beforeEach(() => {
    vault = new SecretVault("t3st");
  });
  after(() => bench.close());

  function run(wish: TurnWish): Promise<readonly TurnEvent[]> {
    const services = { ...bench.services, vault };
    return collect(runTurn(services, turnRequest(wish), new AbortController().signal));
  }

  function answerWith(content: string, reasoning = ""): void {
    bench.simulator.faultNext({ kind: "answer", content, reasoning });
  }

  /** Everything that reached the gateway. */
  function bodies(): string {
    return bench.simulator.requests.map(({ body }) => JSON.stringify(body)).join("\n");
  }

  /** Long pieces of secrets, also as they stand in JSON. */
  function leaked(): readonly string[] {
    const sent = bodies();
    return SECRET_SAMPLES.filter(({ secret }) =>
      secret.split("\n").some((line) => line.length >= 6 && sent.includes(line)),
    ).map(({ kind }) => kind);
  }

  it("holds for fifty kinds in the question, its code, the instructions and what was said before", async () => {
    assert.ok(SECRET_SAMPLES.length >= 30);
    const history: readonly ConversationMessage[] = [
      { role: "user", content: `before: ${CODE.text}` },
      { role: "assistant", content: `you have ${CODE.text}` },
    ];
    const code: readonly CodeContext[] = [CODE, { ...CODE, kind: "instructions", label: "AGENTS.md" }];
    const messages = buildChatMessages(history, `look at ${CODE.text}`, code);
    const { text: masked } = vault.mask(CODE.text);
    answerWith(masked, masked);
    const policy = { ...turnRequest().policies.base, maxCompletionTokens: 16_000 };
    const events = await run({ messages, policy });
    assert.deepEqual(leaked(), []);
    assert.equal(textOf(events), CODE.text, "the answer that repeats them has the secrets in it");
    const thought = events.map((event) => (event.type === "reasoning-delta" ? event.text : "")).join("");
    assert.equal(thought, CODE.text);
    assert.match(
      eventOf(events, "turn-end").waybill.reasons.join("\n"),
      /\d+ secrets were masked before anything left/,
    );
  });

  it("keeps the placeholder in a message of a commit, which others read", async () => {
    const messages = [{ role: "user", content: `+const key = "${OTHER_KEY}";` }] as const;
    answerWith(`Use ${vault.mask(OTHER_KEY).text} for payments`);
    const events = await run({ messages, surface: "commit-message", taskType: "commit-message" });
    assert.equal(textOf(events), "Use [[secret-t3st-1]] for payments");
    assert.match(eventOf(events, "turn-end").waybill.reasons.join("\n"), /its placeholder stays, since others read it/);
  });

  it("gives an edited line its own key back", async () => {
    const line = `const key = "${OTHER_KEY}"; // old`;
    const messages = buildRewriteMessages("Drop the comment.", { ...CODE, text: line });
    answerWith(`\`\`\`ts\n${vault.mask(line).text.replace(" // old", "")}\n\`\`\``);
    const events = await run({ messages, surface: "inline-edit" });
    assert.ok(!bodies().includes(OTHER_KEY));
    assert.equal(readCodeBlock(textOf(events))?.code, `const key = "${OTHER_KEY}";`);
  });

  it("holds for an answer that goes along with the next question because it did not do", async () => {
    const rejected = { text: `Take ${OTHER_KEY}.`, lesson: "held no code block" };
    await run({ rejected });
    assert.ok(!bodies().includes(OTHER_KEY));
    assert.match(bodies(), /Take \[\[secret-t3st-1\]\]/);
  });

  it("counts and prices what leaves, and not what is masked", async () => {
    const { signal } = new AbortController();
    const lines = `${"Ab3".repeat(21)}\n`.repeat(100);
    const text = `-----BEGIN PRIVATE KEY-----\n${lines}-----END PRIVATE KEY-----`;
    const request = turnRequest({ messages: [{ role: "user", content: text }] });
    const masked = await routeTurn({ ...bench.services, vault }, request, signal);
    const open = await routeTurn(bench.services, request, signal);
    assert.ok(masked.decision.kind === "route" && open.decision.kind === "route");
    assert.ok(masked.decision.choice.worstCase < open.decision.choice.worstCase);
    assert.ok(masked.promptTokensOf(masked.decision.choice.model).atMost < 100);
    assert.equal(masked.masks.count, 1);
  });

  it("lets a check of the answer see the secrets, and the next model not", async () => {
    const messages: readonly ConversationMessage[] = [{ role: "user", content: `why ${OTHER_KEY}?` }];
    const policy = { ...turnRequest().policies.base, climb: "on-failed-check" } as const;
    const seen: string[] = [];
    answerWith(`Because ${vault.mask(OTHER_KEY).text}.`);
    await run({
      messages,
      policy,
      check: async (answer) => {
        seen.push(answer);
        return { kind: "passed" };
      },
    });
    assert.deepEqual(seen, [`Because ${OTHER_KEY}.`]);
    assert.ok(!bodies().includes(OTHER_KEY));
  });

  it("is off only where the person turned it off", async () => {
    const messages: readonly ConversationMessage[] = [{ role: "user", content: `as it is: ${OTHER_KEY}` }];
    await collect(runTurn(bench.services, turnRequest({ messages }), new AbortController().signal));
    assert.ok(bodies().includes(OTHER_KEY));
  });
});

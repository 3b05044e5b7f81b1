import assert from "node:assert/strict";
import { contextText } from "../../src/core/conversation/buildMessages.ts";
import type { CodeContext } from "../../src/core/conversation/conversationMessage.ts";
import { SecretVault } from "../../src/core/secrets/secretVault.ts";
import { toStoredMessage } from "../../src/extension/features/chat/chatRecords.ts";
import { PendingContext } from "../../src/extension/features/chat/pendingContext.ts";
import { runTurn } from "../../src/turn/runTurn.ts";
import { type TurnBench, openTurnBench, turnRequest } from "../turn/turnBench.ts";
import { stage } from "./chatStage.ts";
import { INSTRUCTIONS, pendingItemOf } from "./pendingItemOf.ts";

const SELECTED: CodeContext = { label: "ü.ts:1-2", languageId: "typescript", text: "let ü;\r\n```\n", diagnostics: [] };

describe("what a preview shows", () => {
  let bench: TurnBench;
  before(async () => {
    bench = await openTurnBench();
  });
  after(() => bench.close());

  function sent(): readonly { readonly role: string; readonly content: unknown }[] {
    const body = bench.simulator.requests.findLast(({ path }) => path.endsWith("/chat/completions"))?.body;
    assert.ok(typeof body === "object" && body !== null && "messages" in body && Array.isArray(body.messages));
    return body.messages;
  }

  it("reaches the gateway byte for byte, the instructions below ours, and stays the same in the history", async () => {
    const pending = new PendingContext({ selected: () => SELECTED, chatId: () => "c", leftOut: new Set() });
    pending.setInstructions([INSTRUCTIONS]);
    const folder = { kind: "folder", label: "src/", languageId: "", unit: "file" } as const;
    pending.add(
      pendingItemOf("src", { ...folder, parts: ["src/a.ts:\n```ts\n1\n```\n\n"], remark: "1 of 2 files not taken" }),
    );
    pending.add(pendingItemOf("cut"));
    const code = pending.code();
    const previews = pending.views().map(({ id }) => contextText(pending.find(id) ?? assert.fail(id)));
    const [instructions, ...others] = previews;
    const { session: chat } = stage(async function* ({ messages }) {
      yield* await bench.run({ messages });
    });
    await chat.ask({ text: "why?", code, surface: "chat", taskType: undefined });
    const [system, question] = sent();
    assert.ok(system?.role === "system" && String(system.content).endsWith(`\n\n${instructions}`));
    assert.equal(question?.content, ["why?", ...others].join("\n\n"));
    assert.match(others[0] ?? "", /^src\/ \(1 of 2 files not taken\):/);

    await chat.ask({ text: "and then?", code: pending.instructions(), surface: "chat", taskType: undefined });
    assert.deepEqual(sent()[0], system);
    assert.deepEqual(sent()[1], question);
    assert.equal(sent().at(-1)?.content, "and then?");
  });

  it("has placeholders for secrets, which are what is sent, shown and kept, and what the answer says is put back", async () => {
    const [key, password] = [`ghp_${"0aB1cD2eF3".repeat(4)}`, "hunter2x9"];
    const vault = new SecretVault("t3st");
    const mask = (text: string) => {
      const { text: masked, placeholders } = vault.mask(text);
      return { text: masked, count: placeholders.length };
    };
    const selected = { ...SELECTED, text: `const key = "${key}";` };
    const pending = new PendingContext({ selected: () => selected, chatId: () => "c", leftOut: new Set(), mask });
    const [view] = pending.views();
    assert.equal(view?.tokens, "1 secret masked");
    const preview = contextText(pending.find(view.id) ?? assert.fail());
    assert.match(preview, /const key = "\[\[secret-t3st-1\]\]";/);

    bench.simulator.faultNext({ kind: "answer", content: "Your [[secret-t3st-1]] and [[secret-t3st-2]]." });
    const { session: chat, saved } = stage(
      ({ messages }, signal) => runTurn({ ...bench.services, vault }, turnRequest({ messages }), signal),
      [],
      {},
      (text) => mask(text).text,
    );
    await chat.ask({ text: `DB_PASSWORD=${password}`, code: pending.code(), surface: "chat", taskType: undefined });
    assert.equal(sent().at(-1)?.content, ["DB_PASSWORD=[[secret-t3st-2]]", preview].join("\n\n"));
    const [question, answer] = chat.messages;
    assert.equal(question?.text, "DB_PASSWORD=[[secret-t3st-2]]");
    assert.equal(answer?.text, `Your ${key} and ${password}.`);
    const kept = [...saved.values()].map((message) =>
      JSON.stringify(toStoredMessage(message, (text) => mask(text).text)),
    );
    assert.ok(kept.length === 2 && kept.every((text) => !text.includes(key) && !text.includes(password)), kept.join());

    await chat.ask({ text: "and then?", code: [], surface: "chat", taskType: undefined });
    assert.equal(sent().at(-2)?.content, "Your [[secret-t3st-1]] and [[secret-t3st-2]].");
  });
});

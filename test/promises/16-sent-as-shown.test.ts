import assert from "node:assert/strict";
import fc from "fast-check";
import { buildChatMessages, contextText } from "../../src/core/conversation/buildMessages.ts";
import type { CodeContext } from "../../src/core/conversation/conversationMessage.ts";
import { PendingContext } from "../../src/extension/features/chat/pendingContext.ts";
import { pendingItemOf } from "../extension/pendingItemOf.ts";

/** `test/extension/sentAsShown.test.ts` holds one such question against the bytes that the gateway gets. */
describe("promise 16: what is sent is what was shown", () => {
  const text = fc.oneof(fc.constant("let ü;\r\n```\n"), fc.string({ unit: "grapheme", maxLength: 80 }));
  const part = text.filter((each) => each !== "");
  const place = fc.nat({ max: 30 });
  const mention = fc.record({
    id: place.map((at) => `m${at}`),
    parts: fc.array(part, { maxLength: 4 }),
    remark: fc.option(fc.string({ maxLength: 20 }), { nil: undefined }),
    picture: fc.boolean(),
    // What was found to fit, of the whole.
    keptParts: fc.option(fc.nat({ max: 4 }), { nil: undefined }),
  });
  const selection: fc.Arbitrary<CodeContext | undefined> = fc.oneof(
    fc.constant(undefined),
    text.map((code) => ({ label: "s.ts:1-2", languageId: "ts", text: code, diagnostics: [] })),
    fc.constant({ label: ".env", languageId: "", text: "", note: "left out: .env is kept here", diagnostics: [] }),
  );

  it("is so for any question: each text, in the order shown, whole or as far as the chip says, and nothing else", () => {
    fc.assert(
      fc.property(
        fc.array(mention, { maxLength: 8 }),
        selection,
        fc.array(part, { maxLength: 3 }),
        (added, selected, agents) => {
          const pending = new PendingContext({
            ...{ selected: () => selected, chatId: () => "c" },
            leftOut: { has: () => false, add: () => undefined },
          });
          pending.setInstructions(
            agents.map((each, at) =>
              pendingItemOf(`agents${at}`, { kind: "instructions", rank: "instructions", parts: [each] }),
            ),
          );
          for (const { id, parts, remark, picture, keptParts } of added) {
            const image = { mimeType: "image/png", base64: "iVBOR", width: 1, height: 1 } as const;
            const item = pendingItemOf(id, {
              ...{ parts, kind: picture ? "image" : "file" },
              ...(remark === undefined ? {} : { remark }),
              ...(picture ? { image } : {}),
            });
            pending.add(item);
            const whole = pending.items().find((each) => each.id === id) ?? assert.fail(id);
            if (keptParts === undefined) continue;
            const fitted = parts.slice(0, keptParts).join("");
            pending.weigh(whole, { fitted: { text: fitted, note: `the first ${keptParts}` } });
          }
          const shown = pending.views();
          const [system, question, ...others] = buildChatMessages([], "why?", pending.code());
          assert.equal(others.length, 0);
          const sent = shown.filter((view) => view.text !== "");
          const previews = sent.map(({ id }) => contextText(pending.find(id) ?? assert.fail(id)));
          const isInstructions = (at: number) => sent[at]?.kind === "instructions";
          const [alone] = buildChatMessages([], "why?", []);
          assert.equal(
            system?.content,
            [alone?.content, ...previews.filter((_, at) => isInstructions(at))].join("\n\n"),
          );
          assert.equal(question?.content, ["why?", ...previews.filter((_, at) => !isInstructions(at))].join("\n\n"));
          for (const [at, view] of sent.entries()) assert.ok(previews[at]?.includes(view.text), view.label);
          const pictures = question?.role === "user" ? (question.images ?? []) : [];
          assert.equal(pictures.length, sent.filter(({ kind }) => kind === "image").length);
          // What is left out is still shown, so that nobody takes it for sent.
          for (const view of shown)
            if (view.text === "" && view.label === ".env") assert.match(view.note ?? "", /left out/);
        },
      ),
    );
  });
});

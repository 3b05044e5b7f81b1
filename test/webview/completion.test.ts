import assert from "node:assert/strict";
import fc from "fast-check";
import type { OfferedMentions } from "../../src/protocol/composerMessages.ts";
import { COMMAND_ITEMS } from "../../src/webview/chat/composer/commandItems.ts";
import { completionAt, withCommand, withoutQuery } from "../../src/webview/chat/composer/completionAt.ts";
import {
  afterDismissal,
  afterMove,
  afterOffer,
  afterTyping,
  type CompletionState,
  noCompletion,
} from "../../src/webview/chat/composer/completionState.ts";
import { rankCompletions } from "../../src/webview/chat/composer/rankCompletions.ts";

/** What is completed in a text whose caret is marked by `|`. */
function at(marked: string): string | undefined {
  const query = completionAt(marked.replace("|", ""), marked.indexOf("|"));
  return query === undefined ? undefined : `${query.kind} ${query.text}`;
}

/** The state after each of these texts was typed, with the caret at the end. */
function typed(...texts: readonly string[]): CompletionState {
  return texts.reduce(type, noCompletion);
}

function type(state: CompletionState, text: string): CompletionState {
  return afterTyping(state, completionAt(text, text.length), { commands: COMMAND_ITEMS, rank: rankCompletions });
}

function offer(requestId: number, ...labels: readonly string[]): OfferedMentions {
  return { requestId, items: labels.map((label) => ({ id: `file:${label}`, kind: "file", label })) };
}

const labels = ({ items }: CompletionState): readonly string[] => items.map(({ label }) => label);

describe("what is being typed", () => {
  it("is a command at the beginning of the text only, and no path", () => {
    assert.deepEqual(["/|", "/fi|", "  /fi|x the loop", "/FI|"].map(at), [
      "slash ",
      "slash fi",
      "slash fi",
      "slash FI",
    ]);
    for (const none of ["|/fix", "/fix |", "why /fix|", "/home/me|", "//|"]) assert.equal(at(none), undefined);
  });

  it("is a mention at the beginning of a word, and no address of mail", () => {
    assert.deepEqual(["@|", "see @src/a.ts|", "(@in|", "line\n@x|y", "`@a|"].map(at), [
      "mention ",
      "mention src/a.ts",
      "mention in",
      "mention x",
      "mention a",
    ]);
    assert.deepEqual(["me@home|", "@a b|", "@a|@", "a@|"].map(at), [undefined, undefined, "mention a", undefined]);
  });

  it("ends where the caret stands", () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(), (text, place) => {
        const caret = Math.min(place, text.length);
        const query = completionAt(text, caret);
        if (query === undefined) return;
        assert.equal(text.slice(query.start + 1, query.end), query.text);
        assert.equal(query.end, caret);
        assert.ok("/@".includes(text.charAt(query.start)));
      }),
    );
  });
});

describe("picking", () => {
  it("a mention takes away what was typed to find it, and one of two spaces", () => {
    const pick = (marked: string) => {
      const text = marked.replace("|", "");
      const query = completionAt(text, marked.indexOf("|"));
      assert.ok(query !== undefined);
      const left = withoutQuery(text, query);
      return `${left.text.slice(0, left.caret)}|${left.text.slice(left.caret)}`;
    };
    assert.deepEqual(["@inv|", "see @inv| why", "see @inv|, why", "@inv| why", "a\n@inv|\nb"].map(pick), [
      "|",
      "see |why",
      "see |, why",
      "|why",
      "a\n|\nb",
    ]);
  });

  it("a command writes it out before the rest of the question", () => {
    const query = completionAt("/fi the loop", 3);
    assert.ok(query !== undefined);
    assert.deepEqual(withCommand("/fi the loop", query, "fix"), { text: "/fix the loop", caret: 5 });
  });
});

describe("the list of completions", () => {
  it("has all commands for a slash, the best first for letters, and none for other letters", () => {
    assert.equal(typed("/").items.length, COMMAND_ITEMS.length);
    assert.equal(labels(typed("/", "/ref"))[0], "/refactor");
    assert.equal(labels(typed("/bud"))[0], "/budget");
    assert.ok(labels(typed("/test")).includes("/tests"));
    assert.deepEqual(labels(typed("/xyzq")), []);
    assert.deepEqual(labels(typed("/", "/f", "/fix it")), []);
  });

  it("asks for mentions with each change of the query, and once for the same", () => {
    assert.equal(typed("@").requestId, 1);
    assert.equal(typed("@", "@i", "@in").requestId, 3);
    assert.equal(typed("@", "@").requestId, 1);
    assert.equal(typed("@", "", "@").requestId, 2, "an answer to the first list does not fill the second");
  });

  it("shows what the host offers for the last query, and drops what comes late", () => {
    const asked = typed("@", "@i");
    assert.deepEqual(labels(afterOffer(asked, offer(1, "old.ts"))), []);
    assert.deepEqual(labels(afterOffer(asked, offer(2, "invoice.ts"))), ["invoice.ts"]);
    assert.equal(afterOffer(typed("@", "@ "), offer(1, "late.ts")).items.length, 0);
    assert.deepEqual(labels(afterOffer(typed("@", "/"), offer(1, "late.ts"))), labels(typed("/")));
  });

  it("narrows what it shows until the host has answered", () => {
    const shown = afterOffer(typed("@"), offer(1, "invoice.ts", "tax.ts"));
    assert.deepEqual(labels(type(shown, "@inv")), ["invoice.ts"]);
  });

  it("joins its ends for the arrows", () => {
    const shown = afterOffer(typed("@"), offer(1, "a", "b", "c"));
    const walk = (...steps: readonly (1 | -1)[]) => steps.reduce(afterMove, shown).active;
    assert.deepEqual([walk(1), walk(-1), walk(1, 1, 1), walk(-1, 1)], [1, 2, 0, 0]);
    assert.equal(afterMove(noCompletion, 1), noCompletion);
  });

  it("stays closed after Escape until something else begins", () => {
    const closed = afterDismissal(typed("see @"));
    assert.equal(type(closed, "see @a").requestId, 1, "the host is not asked");
    assert.deepEqual(labels(afterOffer(closed, offer(1, "a.ts"))), []);
    assert.equal(type(type(closed, "see @a"), "see @a and @").requestId, 2);
    assert.ok(type(type(afterDismissal(typed("/")), ""), "/").items.length > 0);
  });
});

import assert from "node:assert/strict";
import { CommitWatch } from "../../src/extension/features/commitMessage/commitWatch.ts";

const SUGGESTED = { turnId: "t", message: "fix: round once", before: "" };

function stage() {
  const listeners = new Set<() => void>();
  const on = (listener: () => void) => {
    listeners.add(listener);
    return { dispose: () => listeners.delete(listener) };
  };
  const commits = [{ hash: "1", message: "first", parents: [] as string[] }];
  const state = { HEAD: { commit: "1" }, workingTreeChanges: [], onDidChange: on };
  const repository = {
    ...{ rootUri: "file:///r", inputBox: { value: SUGGESTED.message }, state, onDidCommit: on },
    ...{ diff: async () => "", log: async () => commits.slice(-1) },
  };
  const told: string[] = [];
  const watch = new CommitWatch((turnId, kind) => told.push(`${turnId} ${kind}`));
  const commit = async (message: string, parents = ["1"]) => {
    commits.push({ hash: "2", message, parents });
    state.HEAD = { commit: "2" };
    for (const listener of [...listeners, ...listeners]) listener();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { watch, told, commit, listeners, repository: repository as never, box: repository.inputBox };
}

describe("what becomes of a suggested commit message", () => {
  const check = (name: string, [message, parents, told]: readonly [string, string[], readonly string[]]) =>
    it(`is told once: ${name}`, async () => {
      const { watch, commit, repository, ...seen } = stage();
      watch.watch(repository, SUGGESTED);
      await commit(message, parents);
      assert.deepEqual(seen.told, told);
    });
  check("committed as it is", ["fix: round once\n", ["1"], ["t accepted"]]);
  check("committed with another word", ["fix: round it once", ["1"], ["t partly-accepted"]]);
  check("committed with another message", ["Something else", ["1"], ["t rejected"]]);
  check("the last commit was amended with it", ["fix: round once", ["0"], ["t accepted"]]);
  check("another branch, which says nothing", ["Something else", ["0"], []]);

  it("is not looked for after a verdict, nor after the end", async () => {
    const { watch, told, commit, repository, listeners } = stage();
    watch.watch(repository, SUGGESTED);
    watch.give(repository, "regenerated");
    watch.give(repository, "rejected");
    await commit("fix: round once");
    assert.deepEqual([told, listeners.size], [["t regenerated"], 0]);
    watch.watch(repository, SUGGESTED);
    watch.dispose();
    assert.equal(listeners.size, 0);
  });

  it("is no verdict on a later message", () => {
    const { watch, told, repository } = stage();
    watch.watch(repository, { ...SUGGESTED, turnId: "later" });
    watch.give(repository, "rejected", "t");
    assert.deepEqual(told, []);
    watch.give(repository, "rejected", "later");
    assert.deepEqual(told, ["later rejected"]);
  });

  it("is open as long as nothing is committed", async () => {
    const { watch, told, repository, listeners, box } = stage();
    watch.watch(repository, SUGGESTED);
    for (const listener of listeners) listener();
    assert.equal(watch.standing(repository)?.turnId, "t");
    box.value = "";
    assert.equal(watch.standing(repository), undefined);
    assert.deepEqual(told, []);
  });
});

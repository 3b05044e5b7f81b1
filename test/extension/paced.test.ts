import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";
import { Paced } from "../../src/extension/platform/paced.ts";

describe("paced work", () => {
  it("is done once for what is asked together, and once more for what is asked while it is done", async () => {
    const begun: PromiseWithResolvers<void>[] = [Promise.withResolvers(), Promise.withResolvers()];
    const mayEnd = Promise.withResolvers<void>();
    let times = 0;
    const paced = new Paced(async () => {
      begun[times]?.resolve();
      times += 1;
      if (times === 1) await mayEnd.promise;
    }, 1);
    paced.ask();
    paced.ask();
    await begun[0]?.promise;
    paced.ask();
    paced.ask();
    assert.equal(times, 1);
    mayEnd.resolve();
    await begun[1]?.promise;
    await pause(20);
    assert.equal(times, 2);
  });

  it("is not done after its end, whoever asks for it then", async () => {
    let times = 0;
    const paced = new Paced(async () => void (times += 1), 1);
    paced.ask();
    paced.dispose();
    paced.ask();
    await pause(20);
    assert.equal(times, 0);
  });
});

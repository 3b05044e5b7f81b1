import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { type ChatFolder, crashText, createChatFolder } from "./chatFolder.ts";

const WORKER = fileURLToPath(new URL("chatCrashWorker.ts", import.meta.url));

/** Kills a window that has finished so many saves and goes on with the next; answers which it said were done. */
async function killAfter(saves: number, path: string): Promise<number> {
  const child = spawn(process.execPath, [WORKER, path], { stdio: ["ignore", "pipe", "inherit"] });
  const closed = once(child, "close");
  let done = 0;
  const lines = createInterface({ input: child.stdout });
  lines.on("line", (line) => {
    done = Number(line);
    if (done === saves) child.kill("SIGKILL");
  });
  await closed;
  return done;
}

describe("a window that dies while it saves", () => {
  let folder: ChatFolder;
  beforeEach(() => (folder = createChatFolder()));
  afterEach(() => folder.remove());

  for (const saves of [1, 2, 5, 17, 60]) {
    it(`after ${saves} saves loses none that was done, and has no half of the one under way`, async () => {
      const done = await killAfter(saves, folder.path);
      assert.ok(done >= saves);
      const chat = await (await folder.open()).readChat("one");
      const found = (chat?.messages ?? []).map(({ id, text }) => {
        const save = Number(text.split(" ", 1)[0]);
        assert.equal(text, crashText(save), "the text is whole");
        assert.equal(id, `m${save % 3}`);
        return save;
      });
      const last = Math.max(...found);
      // What was done at the very end may not have been told any more.
      assert.ok(last >= done, `${last} after ${done}`);
      const expected = [last, last - 1, last - 2].filter((save) => save > 0);
      assert.deepEqual(
        found.toSorted((left, right) => right - left),
        expected,
      );
    }).timeout(30_000);
  }
});

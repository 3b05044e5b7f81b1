import { strict as assert } from "node:assert";
import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { startProcessTree } from "./processTree.ts";
import { runToEnd } from "./runToEnd.ts";

const CHILD = `process.on("SIGTERM",()=>{}); console.log(process.pid); setInterval(()=>{},1000)`;
const PARENT = `require("node:child_process").spawn(process.execPath,["-e",${JSON.stringify(CHILD)}],{stdio:"inherit"}); setInterval(()=>{},1000)`;

/** A process that has ended and that nobody has asked about is still listed: a zombie is not alive. */
function isAlive(processId: number): boolean {
  const { stdout } = spawnSync("ps", ["-o", "stat=", "-p", String(processId)], { encoding: "utf8" });
  return stdout.trim() !== "" && !stdout.trim().startsWith("Z");
}

describe("a started process", () => {
  it("ends together with a child that ignores the first signal", async function () {
    if (process.platform === "win32") return;
    this.timeout(15_000);
    const tree = startProcessTree(process.execPath, ["-e", PARENT], { stdio: ["ignore", "pipe", "inherit"] });
    const childId = await new Promise<number>((resolve) => {
      tree.child.stdout?.once("data", (chunk: Buffer) => resolve(Number(chunk.toString())));
    });
    await tree.end();
    await new Promise((resolve) => setTimeout(resolve, 100));
    assert.equal(isAlive(childId), false);
  });

  it("that cannot be started has failed and says so", async () => {
    const { exitCode, output } = await runToEnd("no-such-command-here", [], { workingFolder: tmpdir() });
    assert.equal(exitCode, 1);
    assert.match(output, /could not be started/);
  });

  it("that takes too long is ended and has failed", async () => {
    const parameters = ["-e", "setInterval(() => {}, 1000)"];
    const { exitCode, output } = await runToEnd(process.execPath, parameters, {
      workingFolder: tmpdir(),
      timeoutMs: 200,
    });
    assert.notEqual(exitCode, 0);
    assert.match(output, /took longer than/);
  });
});

import { strict as assert } from "node:assert";
import { copyFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type EndedCommand, runToEnd } from "./runToEnd.ts";

const LOCK_FILE = `{ "name": "clone", "lockfileVersion": 3, "packages": { "": { "name": "clone" } } }`;

describe("the toolchain in a fresh clone", function () {
  this.timeout(60_000);
  let folder = "";

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "waybill-clone-"));
    await mkdir(join(folder, "test", "setup"), { recursive: true });
    await copyFile(new URL("toolchain.mjs", import.meta.url), join(folder, "test", "setup", "toolchain.mjs"));
    await writeFile(join(folder, "package.json"), `{ "name": "clone", "private": true }`);
    await writeFile(join(folder, "package-lock.json"), LOCK_FILE);
    await writeFile(join(folder, "script.mjs"), `console.log(...process.argv.slice(2)); process.exit(7);`);
  });

  after(async () => await rm(folder, { recursive: true, force: true }));

  async function run(...words: string[]): Promise<EndedCommand> {
    const toolchain = fileURLToPath(new URL(`file://${folder}/test/setup/toolchain.mjs`));
    return await runToEnd(process.execPath, [toolchain, ...words], { workingFolder: folder });
  }

  it("installs the packages, then passes words and exit code through", async () => {
    const { exitCode, output } = await run("script.mjs", "one", "two");
    assert.match(output, /Installing the packages/);
    assert.match(output, /one two/);
    assert.equal(exitCode, 7);
  });

  it("installs nothing again while the lock file stays the same", async () => {
    assert.equal((await run("script.mjs", "again")).output, "again\n");
  });

  it("installs again when the lock file has changed", async () => {
    await writeFile(join(folder, "package-lock.json"), `${LOCK_FILE}\n`);
    assert.match((await run("script.mjs")).output, /Installing the packages/);
  });

  it("says what is missing when no script is named", async () => {
    const { exitCode, output } = await run();
    assert.equal(exitCode, 1);
    assert.match(output, /Name the script/);
  });
});

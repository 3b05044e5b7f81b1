import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileInside } from "../../src/extension/features/chat/codeBlocks/fileInside.ts";

describe("a file inside a folder", () => {
  let root = "";
  let folder = "";
  before(async () => {
    root = await mkdtemp(join(tmpdir(), "waybill-inside-"));
    folder = join(root, "project");
    await mkdir(join(folder, "src"), { recursive: true });
    await mkdir(join(root, "project-other"));
    for (const file of ["project/src/a.ts", "secret.txt", "project-other/b.ts"]) await writeFile(join(root, file), "x");
    await symlink(join(root, "secret.txt"), join(folder, "leak.txt"));
    await symlink(root, join(folder, "up"));
    await symlink(join(folder, "src"), join(folder, "sources"));
    await symlink(join(folder, "gone"), join(folder, "dangling.ts"));
  });
  after(() => rm(root, { recursive: true, force: true }));

  it("is found, also through a link that stays inside", async () => {
    assert.equal(await fileInside(folder, "src/a.ts"), join(folder, "src", "a.ts"));
    assert.equal(await fileInside(folder, "sources/a.ts"), join(folder, "sources", "a.ts"));
  });

  it("is none that is missing, a folder, or outside, by whatever way", async () => {
    const others =
      "src src/b.ts leak.txt up/secret.txt up/project-other/b.ts dangling.ts ../secret.txt ../project-other/b.ts".split(
        " ",
      );
    for (const path of [...others, "", ".", "..", "src/../../secret.txt", "src/a.ts/..", "a\u0000.ts"]) {
      assert.equal(await fileInside(folder, path), undefined, path);
    }
  });

  it("is found in a folder that is a link itself", async () => {
    await symlink(folder, join(root, "linked"));
    assert.equal(await fileInside(join(root, "linked"), "src/a.ts"), join(root, "linked", "src", "a.ts"));
  });
});

import { strict as assert } from "node:assert";
import { packageDifferences } from "./packageContents.ts";
import { zipEntries } from "./zipEntries.ts";

/** An archive with empty files of these names, as far as its directory goes. */
function archiveOf(names: readonly string[]): Buffer {
  const entries = names.map((name) => {
    const header = Buffer.alloc(46);
    header.writeUInt32LE(0x02014b50, 0);
    header.writeUInt16LE(Buffer.byteLength(name), 28);
    return Buffer.concat([header, Buffer.from(name)]);
  });
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(names.length, 10);
  return Buffer.concat([...entries, end]);
}

describe("what is in the package", () => {
  it("is read from the archive's directory, without folders", () => {
    assert.deepEqual(zipEntries(archiveOf(["b/ä.js", "a.txt", "b/"])), ["a.txt", "b/ä.js"]);
  });

  it("cannot be read from something else", () => {
    assert.throws(() => zipEntries(Buffer.from("This is no archive, although it is long enough to be one.")));
  });

  it("matches a list with the changing parts left open", () => {
    const files = ["package.json", "dist/chunks/a-1234.js", "dist/chunks/b-5678.js"];
    assert.deepEqual(packageDifferences(files, ["package.json", "dist/chunks/*.js"]), []);
  });

  it("may have neither more nor less than the list", () => {
    const differences = packageDifferences(["package.json", "dist/x/a.js", ".env"], ["package.json", "dist/*.js"]);
    assert.deepEqual(differences, [
      "dist/x/a.js is in the package and not on the list.",
      ".env is in the package and not on the list.",
      "dist/*.js is on the list and not in the package.",
    ]);
  });
});

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CatalogCache, type KeptCatalog, openCatalogCache } from "../../src/store/catalogCache.ts";

const ADDRESS = "https://openrouter.ai/api/v1";
const KEPT: KeptCatalog = {
  version: { path: "/models/user", etag: 'W/"1"', lastModified: undefined },
  fetchedAtMs: Date.UTC(2026, 10, 21),
  told: [{ key: "gone a/b", atMs: 5 }],
  text: '{"data":[{"id":"a/ü"}]}\n',
};

describe("the kept model list", () => {
  let folder: string;
  let cache: CatalogCache;
  beforeEach(() => {
    folder = join(mkdtempSync(join(tmpdir(), "waybill-catalog-")), "storage");
    cache = openCatalogCache(folder);
  });
  afterEach(() => rmSync(join(folder, ".."), { recursive: true, force: true }));

  function onlyFile(): string {
    const [name, ...others] = readdirSync(folder);
    assert.ok(name !== undefined && others.length === 0, "one file and no leftovers");
    return join(folder, name);
  }

  it("comes back as it was, to another window, too", async () => {
    await cache.write(ADDRESS, KEPT);
    const read = await openCatalogCache(folder).read(ADDRESS);
    assert.deepEqual(read, { ...KEPT, version: { path: "/models/user", etag: 'W/"1"' } });
  });

  it("is another one for another gateway, also on the same host", async () => {
    await cache.write(ADDRESS, KEPT);
    assert.equal(await cache.read("https://openrouter.ai/api/v2"), undefined);
    assert.doesNotMatch(onlyFile(), /openrouter/);
  });

  const damages: readonly (readonly [string, (path: string) => void])[] = [
    ["is cut short", (path) => truncateSync(path, readFileSync(path).length - 3)],
    ["is empty", (path) => truncateSync(path, 0)],
    ["is no JSON", (path) => writeFileSync(path, "half a file\n{}")],
    ["has no line of its own", (path) => writeFileSync(path, '{"data":[]}')],
    ["is of a time that makes no sense", (path) => changeHead(path, '"fetchedAtMs":', '"fetchedAtMs":-')],
    ["is of another format", (path) => changeHead(path, '"format":1', '"format":2')],
    ["is larger than any list", (path) => writeFileSync(path, Buffer.alloc(16 * 1024 * 1024 + 1, 32))],
  ];
  for (const [name, damage] of damages) {
    it(`is not there when its file ${name}, and can be kept anew`, async () => {
      await cache.write(ADDRESS, KEPT);
      damage(onlyFile());
      assert.equal(await cache.read(ADDRESS), undefined);
      await cache.write(ADDRESS, KEPT);
      assert.equal((await cache.read(ADDRESS))?.text, KEPT.text);
    });
  }

  it("of many windows writing at once is one of theirs, whole", async () => {
    const lists = Array.from({ length: 20 }, (_, place) => ({ ...KEPT, text: String(place).repeat(50_000 + place) }));
    const reads = lists.map(async (kept) => {
      await cache.write(ADDRESS, kept);
      return cache.read(ADDRESS);
    });
    for (const read of await Promise.all(reads)) {
      assert.ok(lists.some(({ text }) => text === read?.text));
    }
    onlyFile();
  });

  it("that is too large or cannot be written is not kept, and nobody is disturbed", async () => {
    await cache.write(ADDRESS, { ...KEPT, text: "x".repeat(17 * 1024 * 1024) });
    assert.equal(await cache.read(ADDRESS), undefined);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "file"), "");
    const blocked = openCatalogCache(join(folder, "file", "storage"));
    await blocked.write(ADDRESS, KEPT);
    assert.equal(await blocked.read(ADDRESS), undefined);
  });
});

function changeHead(path: string, from: string, to: string): void {
  writeFileSync(path, readFileSync(path, "utf8").replace(from, to));
}

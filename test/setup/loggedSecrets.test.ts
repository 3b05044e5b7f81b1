import { strict as assert } from "node:assert";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { openChatStore } from "../../src/store/chatStore.ts";
import { openAccount } from "../simulator/accounts/account.ts";
import { maskKey } from "../simulator/accounts/describeKey.ts";
import { DEFAULT_KEY } from "../simulator/simulatorOptions.ts";
import {
  ACCOUNT_PATTERNS,
  NAMED_KEY,
  describeLoggedSecrets,
  findLoggedSecrets,
  findSecrets,
  hasHostLog,
  textPatterns,
} from "./loggedSecrets.ts";

const STORAGE = "data/User/globalStorage/waybill.waybill";
const LOG = "data/logs/20261121T000000/exthost1/waybill.waybill/Waybill.log";

describe("the search for logged secrets", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "waybill-logged-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function plant(path: string, text: string | Buffer): Promise<string> {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
    return file;
  }

  async function plantChat(question: string, answer: string): Promise<void> {
    await mkdir(join(folder, STORAGE), { recursive: true });
    const chats = await openChatStore(join(folder, STORAGE, "chats.sqlite"));
    await chats.createChat("chat", "workspace", 1);
    const rest = { reasoning: "", state: "complete", details: "{}" } as const;
    await chats.saveMessage("chat", { id: "1", role: "user", text: question, ...rest }, 1);
    await chats.saveMessage("chat", { id: "2", role: "assistant", text: answer, ...rest }, 2);
    chats.close();
  }

  const ACCOUNT_SECRETS: readonly (readonly [string, string])[] = [
    ["a key", `header Bearer ${DEFAULT_KEY}`],
    ["a key", `the key acme is ${NAMED_KEY}`],
    ["a key", "sk-or-v1-whatever-key-of-a-person"],
    ["a key", `half of it: ${DEFAULT_KEY.slice(0, 24)}`],
    ["a key's label", `label: "${maskKey(DEFAULT_KEY)}"`],
    ["an account id", '{"error":{},"user_id":"x"}'],
    ["an account id", `for ${openAccount({ key: DEFAULT_KEY }).userId}`],
  ];
  for (const [what, line] of ACCOUNT_SECRETS) {
    it(`finds ${what} in a log file and names file and line, but not the secret (${line.slice(0, 16)})`, async () => {
      const file = await plant(LOG, `[info] started\n[error] ${line}\n`);
      const found = await findLoggedSecrets(folder, []);
      assert.deepEqual(
        found.map(({ place, line: at, what: found }) => [place, at, found]),
        [[file, 2, what]],
      );
      const report = describeLoggedSecrets(found);
      assert.ok(report.includes(`${file}:2: ${what}: [error]`), report);
      assert.ok(!report.includes(line), report);
    });
  }

  it("finds a key in the settings, where its name may stand", async () => {
    const file = await plant("data/User/settings.json", `{"waybill.environments":{"production":{"key":"acme"}}}`);
    assert.deepEqual(await findLoggedSecrets(folder, []), []);
    await plant("data/User/settings.json", `{"waybill.environments":{"production":{"key":"${NAMED_KEY}"}}}`);
    assert.deepEqual(
      (await findLoggedSecrets(folder, [])).map(({ place, what }) => [place, what]),
      [[file, "a key"]],
    );
  });

  it("takes neither our own mask of a key nor an ordinary line for a secret", async () => {
    const lines = ["The key sk-or-v1-…cdef is stored.", "waybill turnId=1 model=a/b costNanoUsd=12", "user activated"];
    await plant(LOG, lines.join("\n"));
    assert.deepEqual(await findLoggedSecrets(folder, []), []);
  });

  it("finds every question and answer of the chats, line by line, in logs, in the ledger and in what was printed", async () => {
    await plantChat("Why is the purple walrus late?\nhi", "Because walruses wait for nobody.\n```ts\n");
    const log = await plant(LOG, "x\ny: Because walruses wait for nobody. z\n```ts\nhi\n");
    const journal = await plant(`${STORAGE}/ledger.jsonl`, '{"q":"Why is the purple walrus late?"}\n');
    const printed = [{ place: "console", text: "Why is the purple walrus late?" }];
    const found = await findLoggedSecrets(folder, printed);
    assert.deepEqual(
      found.map(({ place, line, what }) => [place, line, what]),
      [
        [log, 2, "an answer"],
        [journal, 1, "a question"],
        ["console", 1, "a question"],
      ],
    );
    assert.ok(!describeLoggedSecrets(found).includes("walrus"));
  });

  it("leaves what is no log alone: chats hold what was asked, and files what was typed", async () => {
    await plantChat("Why is the purple walrus late?", "Because walruses wait for nobody.");
    await plant("data/User/History/1/file.ts", "Why is the purple walrus late? sk-or-v1-a-key-in-a-file");
    assert.deepEqual(await findLoggedSecrets(folder, []), []);
  });

  it("finds the tests' keys in every file of the folder, in a database and the editor's own, in every form", async () => {
    await plantChat("Why?", DEFAULT_KEY);
    const history = await plant("data/User/History/1/file.ts", Buffer.from(`x${NAMED_KEY}`).toString("base64"));
    const packed = await plant("data/Machine/state.gz", gzipSync(DEFAULT_KEY.split("").toReversed().join("")));
    const late = await plant("extensions/large", Buffer.concat([Buffer.alloc(10_000_000), Buffer.from(NAMED_KEY)]));
    const found = (await findLoggedSecrets(folder, [])).map(({ place, text }) => `${place} ${text}`);
    assert.deepEqual(found.toSorted(), [
      `${packed} as gzip, reversed`,
      `${history} as base64`,
      `${join(folder, STORAGE, "chats.sqlite")} as plain`,
      `${late} as plain`,
    ]);
  });

  it("knows whether there is a log to search at all", async () => {
    assert.equal(await hasHostLog(folder), false);
    await plant("data/logs/20261121T000000/exthost1/remoteexthost.log", "");
    assert.equal(await hasHostLog(folder), true);
  });

  it("masks all of a line's secrets", () => {
    const [found] = findSecrets("log", `${DEFAULT_KEY} asked about walruses that fly`, [
      ...ACCOUNT_PATTERNS,
      ...textPatterns("a question", ["about walruses that fly"]),
    ]);
    assert.equal(found?.text, "█ asked █");
  });
});

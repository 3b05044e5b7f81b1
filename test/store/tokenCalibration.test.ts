import assert from "node:assert/strict";
import { measurePrompt } from "../../src/core/budget/promptTokens.ts";
import { NO_CALIBRATION, learnTokens } from "../../src/core/budget/tokenCalibration.ts";
import type { Ledger } from "../../src/store/ledger.ts";
import { type StoreFolder, withNewLedger } from "./storeFolder.ts";

const GATEWAY = "https://gateway.example";
const MODEL = { tokenizer: "Claude", id: "a/b" };

describe("how gateways count tokens", () => {
  let folder: StoreFolder;
  let ledger: Ledger;
  withNewLedger((newFolder, newLedger) => {
    folder = newFolder;
    ledger = newLedger;
  });

  const counted = measurePrompt(["Some words that repeat themselves. ".repeat(100)], new Map()).tokensOf(MODEL);
  const prompt = { counted, reportedTokens: counted.plain * 1.5 };

  it("is kept for each gateway and family, across windows", async () => {
    await ledger.tokens.learn(GATEWAY, "Claude", prompt);
    await ledger.tokens.learn(GATEWAY, "Claude", prompt);
    const other = await folder.openLedger();
    const known = await other.tokens.of(GATEWAY);
    assert.deepEqual([...known.keys()], ["Claude"]);
    assert.deepEqual(known.get("Claude"), learnTokens(learnTokens(NO_CALIBRATION, prompt), prompt));
    assert.equal((await other.tokens.of("https://another.example")).size, 0);
  });

  it("loses no answer when windows learn at the same time", async () => {
    const other = await folder.openLedger();
    await Promise.all([ledger, other, ledger, other].map(({ tokens }) => tokens.learn(GATEWAY, "GPT", prompt)));
    const weight = (await ledger.tokens.of(GATEWAY)).get("GPT")?.weight ?? 0;
    assert.ok(weight > 3.8 && weight < 4, `${weight}`);
  });
});

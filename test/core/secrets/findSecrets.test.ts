import assert from "node:assert/strict";
import fc from "fast-check";
import { globSync, readFileSync } from "node:fs";
import { findSecrets } from "../../../src/core/secrets/findSecrets.ts";
import { HARMLESS_TEXTS, SECRET_SAMPLES } from "./secretSamples.ts";

function found(text: string): readonly string[] {
  return findSecrets(text).map(({ start, end }) => text.slice(start, end));
}

/** What work takes of the processor, whatever else the machine does meanwhile. */
function cpuMsOf(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

describe("secrets that are found", () => {
  for (const { kind, text, secret } of SECRET_SAMPLES) {
    it(`are of the kind: ${kind}`, () => {
      const [first = "", ...others] = found(text);
      assert.ok(first.includes(secret), `${first} of ${text}`);
      assert.deepEqual(others, []);
    });
  }

  it("stand anywhere in a line and in a text", () => {
    const whole = SECRET_SAMPLES.map(({ text }) => `${text}\n`).join("some words between;\n");
    const secrets = found(whole).join("\n");
    for (const { secret } of SECRET_SAMPLES) assert.ok(secrets.includes(secret), secret);
  });

  it("are not hashes, ids, pictures, references, types or words", () => {
    for (const text of HARMLESS_TEXTS) assert.deepEqual(found(text), [], text);
  });

  it("are none in this project's own sources and lock file", () => {
    for (const file of [...globSync("src/**/*.ts"), "package-lock.json", "package.json", ...globSync("docs/**/*.md")]) {
      assert.deepEqual(found(readFileSync(file, "utf8")), [], file);
    }
  });

  it("cost linear time, whatever a line holds", function () {
    this.timeout(60_000);
    const length = 1_000_000;
    const hostile = [
      ...[
        "a",
        " ",
        ":",
        "-",
        "=",
        "://",
        "token=",
        "token:",
        'password:"',
        "eyJ",
        "-eyJ",
        "eyJa.",
        "sk-",
        "hf_-",
        "Bearer ",
      ],
      ...[
        "-----BEGIN PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----\nabcdefghijklmnop",
        "M1.",
        "a:AA",
        "--password ",
        "0123456789abcdef",
      ],
      ...[
        "https://a:",
        "authorization:",
        "_key",
        "Key =",
        "\\nsk-",
        "[[secret-a-1]]",
        "xoxb-1.",
        "abc8Q~",
        "password=password",
      ],
    ];
    for (const piece of hostile) {
      const text = piece.repeat(Math.ceil(length / piece.length));
      const took = cpuMsOf(() => findSecrets(text));
      assert.ok(took < 5_000, `${JSON.stringify(piece)} took ${took} ms`);
    }
  });

  it("do not hang a line of ten megabytes", function () {
    this.timeout(60_000);
    const [line = ""] = HARMLESS_TEXTS;
    const text = line.repeat(Math.ceil(10_000_000 / line.length));
    assert.ok(cpuMsOf(() => findSecrets(text)) < 10_000);
  });

  it("are places in order that do not overlap, in any text", () => {
    const pieces = fc.constantFrom(
      ...SECRET_SAMPLES.map(({ text }) => text),
      "token=",
      "://",
      '"',
      "eyJ",
      "\n",
      " ",
      "=",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string()), { maxLength: 8 }), (parts) => {
        const text = parts.join("");
        let before = 0;
        for (const { start, end } of findSecrets(text)) {
          assert.ok(start >= before && end > start && end <= text.length);
          before = end;
        }
      }),
    );
  });
});

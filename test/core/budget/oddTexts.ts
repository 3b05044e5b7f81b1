import type { Random } from "./seededRandom.ts";

type OddText = (random: Random, length: number) => string;

const SMALL = "abcdefghijklmnopqrstuvwxyz";
const DIGITS = "0123456789";
const HEX = `${DIGITS}abcdef`;
const BASE64 = `${SMALL.toUpperCase()}${SMALL}${DIGITS}+/`;
const PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
const EMOJI = [...Array.from("😀😅🤔🚀🔥✅❌⚠️📦🚢🧾💶🌍👍🏽🎉🐛🔧🧪📈🔒"), "👩‍💻", "👨‍👩‍👧", "🇩🇪", "🏳️‍🌈"];
const REPEATED = ["-", "=", " ", "a", "x", "0", "#", "\n", "\t", "ha", "─", "。", "A", "*", "._", "é", "😀", "lorem "];
const WHITE_SPACE = [" ", " ", "  ", "    ", "\t", "\n", "\n", "\r\n", "\t\t", "        ", "\u00A0", "\n\n"];
const WORDS = "data list index value count user file path node item cache token price model query state event".split(
  " ",
);

/** Text that no estimate by words gets right, by kind: made anew for every prompt. */
export const ODD_TEXTS: Readonly<Record<string, OddText>> = {
  base64: (random, length) => letters(BASE64, random, length),
  "base64 in lines": (random, length) => letters(BASE64, random, length).replaceAll(/.{76}/g, "$&\n"),
  "data url": (random, length) => `url(data:image/png;base64,iVBORw0KGgo${letters(BASE64, random, length)}=)`,
  hex: (random, length) => letters(HEX, random, length),
  "hex dump": (random, length) =>
    pieces(length, (index) => `${(index * 16).toString(16).padStart(8, "0")}: ${hexPairs(random)}\n`),
  uuids: (random, length) =>
    pieces(length, () => `${[8, 4, 4, 4, 12].map((size) => letters(HEX, random, size)).join("-")}\n`),
  digits: (random, length) => letters(DIGITS, random, length),
  numbers: (random, length) => pieces(length, () => `${(random() * 1000).toFixed(Math.floor(random() * 7))}, `),
  "number table": (random, length) =>
    pieces(length, () => `${Math.floor(random() * 99_999)}\t${random().toFixed(3)}\n`),
  "small letters": (random, length) => letters(SMALL, random, length),
  "capital letters": (random, length) => letters(SMALL.toUpperCase(), random, length),
  "letters in words": (random, length) => letters(`${SMALL}    `, random, length),
  dna: (random, length) => letters("ACGT", random, length),
  protein: (random, length) => letters("ACDEFGHIKLMNPQRSTVWY", random, length),
  punctuation: (random, length) => letters(PUNCTUATION, random, length),
  ascii: (random, length) => letters(`${BASE64}${PUNCTUATION} \n`, random, length),
  bytes: (random, length) => pieces(length, () => String.fromCharCode(Math.floor(random() * 256))),
  "bytes read as UTF-8": (random, length) =>
    Buffer.from(Array.from({ length }, () => Math.floor(random() * 256))).toString("utf8"),
  "any characters": (random, length) => pieces(length, () => String.fromCharCode(Math.floor(random() * 0xd800))),
  "character list": (random, length) => {
    const first = pick(Array.from("\u00A1ÀĀɐΑЀԱאءअกაᄀぁ一가←─☀①︰！"), random).charCodeAt(0);
    return pieces(
      length,
      (index) => `${String.fromCharCode(first + (index % 60))}${pick([" ", "\t", ", ", "=", "' '"], random)}`,
    );
  },
  emoji: (random, length) => pieces(length, () => pick(EMOJI, random)),
  "emoji in prose": (random, length) =>
    pieces(length, () => `${pick(WORDS, random)} ${random() < 0.3 ? pick(EMOJI, random) : ""} `),
  zalgo: (random, length) => pieces(length, () => pick(Array.from(SMALL), random) + marks(random)),
  repeated: (random, length) => pick(REPEATED, random).repeat(length).slice(0, length),
  "white space": (random, length) => pieces(length, () => pick(WHITE_SPACE, random)),
  "json ids": (random, length) =>
    pieces(length, (index) => `{"id":"${letters(BASE64, random, 12)}","n":${index},"ok":true},`),
  urls: (random, length) =>
    pieces(
      length,
      () =>
        `https://${pick(WORDS, random)}.example.org/${letters(HEX, random, 7)}?${pick(WORDS, random)}=${letters(BASE64, random, 9)}&p=%2F${letters(HEX, random, 2)}\n`,
    ),
  identifiers: (random, length) =>
    pieces(
      length,
      () =>
        `${pick(WORDS, random)}${pick(["_", "", "-", "."], random)}${capital(pick(WORDS, random))}${random() < 0.2 ? "42" : ""};`,
    ),
  "short names": (random, length) =>
    pieces(
      length,
      () =>
        `${letters(SMALL, random, 1)}${pick([".", "=", "(", ")", ",", "&&", "?", ":", "=>", "!==", "{", "}", ";"], random)}`,
    ),
  escapes: (random, length) =>
    pieces(length, () => pick(["\\u00", "\\x", "%", "&#x", "\\n\\t"], random) + letters(HEX, random, 2)),
  paths: (random, length) =>
    pieces(
      length,
      () =>
        `${pick(["/usr/lib/", "C:\\Users\\", "./src/", "../"], random)}${pick(WORDS, random)}/${pick(WORDS, random)}${letters(DIGITS, random, 2)}.${pick(["ts", "so.6", "py", "min.js"], random)}\n`,
    ),
};

export function letters(alphabet: string, random: Random, length: number): string {
  return pieces(length, () => alphabet.charAt(Math.floor(random() * alphabet.length)));
}

function pieces(length: number, next: (index: number) => string): string {
  let text = "";
  for (let index = 0; text.length < length; index += 1) text += next(index);
  return text;
}

function pick(choices: readonly string[], random: Random): string {
  return choices[Math.floor(random() * choices.length)] ?? "";
}

function hexPairs(random: Random): string {
  return Array.from({ length: 16 }, () => letters(HEX, random, 2)).join(" ");
}

function marks(random: Random): string {
  return pieces(Math.floor(random() * 12), () => String.fromCharCode(0x300 + Math.floor(random() * 0x70)));
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

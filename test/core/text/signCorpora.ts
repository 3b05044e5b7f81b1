/** Text in which signs without a width of their own belong, by what it is. */
export const PROPER_TEXTS: Readonly<Record<string, readonly string[]>> = {
  emoji: ["👩‍💻", "👨‍👩‍👧‍👦", "👩🏽‍🤝‍👨🏻", "❤️‍🔥", "👁️‍🗨️", "🏃‍➡️", "🏳️‍🌈", "☎️ 1️⃣ #️⃣", "👍🏿 ok"],
  flags: ["🇩🇪🇫🇷🇮🇷", "🏴󠁧󠁢󠁥󠁮󠁧󠁿 🏴󠁧󠁢󠁳󠁣󠁴󠁿"],
  Persian: ["می‌خواهم کتاب‌ها را بخوانم", "نمی‌دانم؛ خانه‌ای", "این کد را ببین: a = b"],
  Arabic: ["السلام عليكم ورحمة الله", "سورة ۝١٢"],
  Hebrew: ["שלום עולם, זה קוד: x = 1"],
  Devanagari: ["क्‍ष", "श्री‌मान", "नमस्ते दुनिया"],
  Bengali: ["র‍্যাব", "বাংলা ভাষা"],
  Malayalam: ["ന്‍ മലയാളം", "അവന്‍റെ"],
  Sinhala: ["ශ්‍රී ලංකාව"],
  Tamil: ["தமிழ் மொழி"],
  Telugu: ["క్‌ష తెలుగు"],
  Thai: ["ภาษาไทย"],
  Chinese: ["中文，全角　空格"],
  Latin: ["naïve – “Größe” e\u0301", "\tx = 1;\r\n\ty = 2;\n", "a\u00A0b\u202Fc"],
};

/** What cannot be seen, in a text that looks harmless, with the signs that are in it. */
export const HIDDEN_TEXTS: readonly (readonly [text: string, signs: readonly string[]])[] = [
  ['if (role !== "user\u202E \u2066// admin only\u2069 \u2066") {', ["U+202E", "U+2066", "U+2069", "U+2066"]],
  ["pay\u200Dpal.example", ["U+200D"]],
  ["pass\u200Bword", ["U+200B"]],
  ["1\u200D2", ["U+200D"]],
  ["\uFEFFimport x", ["U+FEFF"]],
  ["x\u{E0041}\u{E0042}", ["U+E0041", "U+E0042"]],
  ["x\uFE00\uFE01\uFE02", ["U+FE00"]],
  ["co\u00ADop", ["U+00AD"]],
  ["const \u3164 = 1", ["U+3164"]],
  ["bell\u0007 escape\u001B[31m", ["U+0007", "U+001B"]],
  ["👩‍💻\u200B", ["U+200B"]],
  ["می‌خواهم\u202E", ["U+202E"]],
];

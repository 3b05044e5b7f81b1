/** A sign that cannot be seen or that turns the writing around, with its place in UTF-16 units. */
export interface HiddenPlace {
  readonly start: number;
  readonly end: number;
  /** As `U+202E`. */
  readonly sign: string;
}

/** Where such signs belong: emoji put together, flags, and the joiners of scripts that need them. */
const PROPER = String.raw`\p{RI}{2}|\u{1F3F4}[\u{E0061}-\u{E007A}]+\u{E007F}|\p{ExtPict}(?:\p{EMod}|\uFE0F)?(?:\u200D\p{ExtPict}(?:\p{EMod}|\uFE0F)?)+|(?<=[\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Tamil}\p{Script=Malayalam}\p{Script=Kannada}\p{Script=Telugu}\p{Script=Gujarati}\p{Script=Sinhala}\p{M}])[\u200C\u200D](?=[\p{L}\p{M}])|(?<=[\u094D\u09CD\u0A4D\u0ACD\u0B4D\u0BCD\u0C4D\u0CCD\u0D4D\u0DCA])[\u200C\u200D]`;
/**
 * What cannot be seen: signs of no width, of the writing direction, tags, fillers, and variation selectors in a row. Signs that
 * go before Arabic, Syriac and Kaithi numbers can be seen, although they are of the same class.
 */
const HIDDEN = String.raw`(?![\t\v\f\r\n\u0600-\u0605\u06DD\u070F\u0890\u0891\u08E2\u{110BD}\u{110CD}\p{Variation_Selector}])[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}]|\p{Variation_Selector}{2,}`;
const PROPER_OR_HIDDEN = new RegExp(`${PROPER}|(${HIDDEN})`, "gu");
/** Nearly every text is without any sign that could be one. */
const PLAIN = /^[\t\n\r\x20-\x7e]*$/;

/** The hidden signs of a text, one after the other. A run of variation selectors is one. */
export function* hiddenPlaces(text: string): Generator<HiddenPlace> {
  if (PLAIN.test(text)) return;
  for (const { 1: hidden, index } of text.matchAll(PROPER_OR_HIDDEN)) {
    if (hidden === undefined) continue;
    const code = hidden.codePointAt(0)?.toString(16).toUpperCase().padStart(4, "0") ?? "";
    yield { start: index, end: index + hidden.length, sign: `U+${code}` };
  }
}

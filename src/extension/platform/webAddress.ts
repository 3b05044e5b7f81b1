import { hiddenSigns } from "../../core/edits/suspectText.ts";

/** A web address as a person sees it before it is opened. */
export interface WebAddress {
  /** Whole, with the name of the site in ASCII. */
  readonly href: string;
  /** What is worth knowing before it is opened, a sentence each. */
  readonly warnings: readonly string[];
}

/** More would not be shown whole in a dialog. */
const MOST_CHARACTERS = 1_500;
const OWN_NAME = /(?:^|\.)(?:localhost|local|internal)\.?$/u;
const OWN_IPV4 = /^(?:(?:127|10)\.\d+|192\.168|172\.(?:1[6-9]|2\d|3[01])|169\.254|0\.0)\.\d+\.\d+$/u;
const OWN_IPV6 = /^\[(?:::1?|f[cd].*|fe[89ab].*|::ffff:.*)\]$/u;

/** The address in a text that somebody else may have written; a sentence about why it is not opened when it must not be. */
export function readWebAddress(
  text: string,
  holdsSecret: (text: string) => boolean = () => false,
): WebAddress | { readonly refusal: string } {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isWeb = url?.protocol === "https:" || url?.protocol === "http:";
  if (url === undefined || !isWeb) {
    return { refusal: "Waybill opens web addresses only; this link is not one. Nothing was opened." };
  }
  if (url.username !== "" || url.password !== "") {
    return { refusal: `This address hides the site ${url.host} behind another name. Nothing was opened.` };
  }
  if (url.href.length > MOST_CHARACTERS) {
    return { refusal: `This address of ${url.host} is too long to be shown whole. Nothing was opened.` };
  }
  if (holdsSecret(text) || holdsSecret(decoded(url.href))) {
    return { refusal: `This address gives a key or a password of yours to ${url.host}. Nothing was opened.` };
  }
  return { href: url.href, warnings: warningsAbout(url, text) };
}

function decoded(href: string): string {
  try {
    return decodeURIComponent(href);
  } catch {
    return href;
  }
}

function warningsAbout({ protocol, hostname }: URL, text: string): readonly string[] {
  const isOwn = [OWN_NAME, OWN_IPV4, OWN_IPV6].some((own) => own.test(hostname));
  const warnings: readonly (readonly [boolean, string])[] = [
    [isOwn, "It leads to your own machine or network, not to the web."],
    [protocol === "http:" && !isOwn, "It is not encrypted: others on the way can read and change the page."],
    [
      hostname.split(".").some((label) => label.startsWith("xn--")),
      "The name of the site has letters that may look like others; above it is written as it really is.",
    ],
    [hiddenSigns(text).length > 0, "The link held characters that cannot be seen."],
  ];
  return warnings.flatMap(([applies, sentence]) => (applies ? [sentence] : []));
}

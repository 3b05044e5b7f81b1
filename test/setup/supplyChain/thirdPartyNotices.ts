import { ICONS, type BundledPackage } from "./bundledPackages.ts";
import { licenceOf, licenceTextsOf } from "./licences.ts";

const LINE = "-".repeat(80);

/** What a package holds of others without saying so in its licence file, and what we changed. */
const REMARKS: Readonly<Record<string, string>> = {
  [ICONS]: "Copyright (c) Microsoft Corporation. The icons are changed: a tenth of them, in a font of another format.",
  undici: "Holds llhttp, compiled: Copyright Fedor Indutny, 2018, under the same terms.",
};

/** The text of `ThirdPartyNotices.txt`: who made what is shipped, and on which terms. The same packages give the same text. */
export function thirdPartyNotices(packages: readonly BundledPackage[]): string {
  const head = [
    "Waybill holds work of others. Each part is named below with its version, its licence and the text of that licence.",
    "",
    ...packages.map((bundled) => `- ${titleOf(bundled)}`),
  ];
  return `${[head.join("\n"), ...packages.map(noticeOf)].join(`\n\n${LINE}\n`)}\n`;
}

/** The packages that a text of notices names, as `name version (licence)`. */
export function noticedPackages(notices: string): string[] {
  return [...notices.matchAll(/^- (\S+ \S+ \([^)]+\))$/gm)].map(([, title = ""]) => title);
}

export function titleOf(bundled: BundledPackage): string {
  return `${bundled.name} ${bundled.version} (${licenceOf(bundled) ?? "unknown licence"})`;
}

function noticeOf(bundled: BundledPackage): string {
  const remark = REMARKS[bundled.name];
  const texts = licenceTextsOf(bundled).map(({ text }) => plain(text));
  return [titleOf(bundled), ...(remark === undefined ? [] : [remark]), ...texts].join("\n\n");
}

/** Without a byte order mark and with the line ends of this file. */
function plain(text: string): string {
  return text
    .replace(/^\uFEFF/, "")
    .replaceAll("\r\n", "\n")
    .trim();
}

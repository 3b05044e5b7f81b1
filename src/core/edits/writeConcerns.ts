import { type ControlKind, controlKind } from "./controlFiles.ts";
import { shrinkage } from "./compareTexts.ts";
import { type HiddenSign, hiddenSigns, newAddresses } from "./suspectText.ts";
import { textEditsBetween } from "./textLines.ts";

/** A change of a file as it would be written. */
export interface FileWrite {
  /** As the person knows it. */
  readonly name: string;
  /** Where the file really is, links resolved: below a folder of the workspace, with `/`, else the whole path. */
  readonly realPath: string;
  readonly isOutside: boolean;
  /** `undefined`: there is no file yet. */
  readonly textBefore: string | undefined;
  /** `undefined`: the file goes. */
  readonly textAfter: string | undefined;
}

/** What a file of a kind does, behind its name. */
export const WHAT_CONTROLS: Readonly<Record<ControlKind, string>> = {
  editor: "decides what the editor does and runs",
  git: "decides what git runs and trusts",
  workflow: "decides what a build server runs",
  shell: "is run by every new shell",
  manifest: "decides what is installed, built or run",
  assistant: "decides what assistants obey",
  secrets: "holds or guards secrets",
};

/** Files whose addresses the editor may fetch by itself, for instance a schema. */
const FETCHED_FROM = /\.(?:jsonc?|ya?ml|toml|xml|html?|code-workspace)$/iu;
const MOST_NAMED = 5;

/**
 * What must be said, and agreed to apart from the change itself, before files are written: one sentence for each concern. None
 * for a change that is what it looks like, in a file that only the project itself reads.
 */
export function writeConcerns(write: FileWrite): readonly string[] {
  const { name, realPath, isOutside, textBefore, textAfter } = write;
  const kinds = [controlKind(realPath), controlKind(name)].filter((kind) => kind !== undefined);
  const [kind] = kinds;
  const lost = textBefore === undefined ? undefined : shrinkage(textBefore, textAfter ?? "");
  const signs = hiddenInNews(textBefore ?? "", textAfter ?? "");
  const addresses = FETCHED_FROM.test(realPath) ? addressesInNews(textBefore ?? "", textAfter ?? "") : [];
  return [
    ...(kind === undefined ? [] : [`${name} ${WHAT_CONTROLS[kind]}.`]),
    ...(isOutside ? [`${name} is outside of the workspace: ${realPath}.`] : []),
    ...(textAfter === undefined ? [`${name} would be deleted.`] : []),
    ...(lost === undefined || textAfter === undefined
      ? []
      : [`${name} would go from ${lost.before} to ${lost.after} lines of text.`]),
    ...(signs.length === 0 ? [] : [`${name} would get signs that cannot be seen: ${listSigns(signs)}.`]),
    ...(addresses.length === 0 ? [] : [`${name} would get new addresses: ${listSome(addresses)}.`]),
  ];
}

/** The addresses that a change brings into a file, as a list for a sentence; `undefined` when there are none. */
export function newAddressesIn(textBefore: string, textAfter: string): string | undefined {
  const addresses = addressesInNews(textBefore, textAfter);
  return addresses.length === 0 ? undefined : listSome(addresses);
}

function addressesInNews(textBefore: string, textAfter: string): readonly string[] {
  const news = textEditsBetween(textBefore, textAfter).map(({ text }) => text);
  return newAddresses(textBefore, news.join("\n"));
}

/** Short enough for a message. */
function listSome(texts: readonly string[]): string {
  const more = texts.length > MOST_NAMED ? ` and ${texts.length - MOST_NAMED} more` : "";
  return texts.slice(0, MOST_NAMED).join(", ") + more;
}

function hiddenInNews(textBefore: string, textAfter: string): readonly HiddenSign[] {
  let moved = 0;
  return textEditsBetween(textBefore, textAfter).flatMap(({ start, end, text }) => {
    const first = textAfter.slice(0, start + moved).split(/\r\n?|\n/u).length;
    moved += text.length - (end - start);
    return hiddenSigns(text, first);
  });
}

function listSigns(signs: readonly HiddenSign[]): string {
  return listSome(signs.map(({ sign, line }) => `${sign} in line ${line}`));
}

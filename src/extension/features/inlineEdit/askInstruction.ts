import { type Memento, type QuickPickItem, window } from "vscode";
import type { CodeContext } from "../../../core/conversation/conversationMessage.ts";
import type { MentionDesk } from "./mentionDesk.ts";

/** What the person wants, and what they mentioned with it. */
export interface Instruction {
  readonly text: string;
  readonly mentioned: readonly CodeContext[];
}

interface InstructionWords {
  readonly title: string;
  readonly placeholder: string;
  /** A better title, once it is known; with `undefined` the input closes. */
  readonly named?: Promise<string | undefined>;
}

interface InstructionItem extends QuickPickItem {
  /** The input becomes this. */
  readonly text?: string;
  /** The id of something to mention. */
  readonly mention?: string;
}

const HISTORY_KEY = "waybill.inlineEdit.history";
const MOST_KEPT = 30;
const LONGEST_KEPT = 2_000;
/** What is being mentioned: from the last @ on. */
const MENTION = /(?:^|\s)@(\S*)$/u;

/** Asks what is to be done. Earlier wishes of this workspace come first; `@` mentions what can be mentioned in a chat. */
export async function askInstruction(
  { title, placeholder, named }: InstructionWords,
  state: Memento,
  desk: MentionDesk,
): Promise<Instruction | undefined> {
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  const pick = window.createQuickPick<InstructionItem>();
  /** By what stands behind the @. */
  const mentioned = new Map<string, readonly CodeContext[]>();
  pick.title = title;
  pick.placeholder = placeholder;
  pick.ignoreFocusOut = true;
  pick.matchOnDescription = true;
  const refresh = async () => {
    const { value } = pick;
    const query = MENTION.exec(value)?.[1];
    const offered = query === undefined ? wishes(state, value) : await mentions(desk, query);
    if (pick.value === value) pick.items = offered;
  };
  const accept = async () => {
    const [item] = pick.activeItems;
    if (item?.mention !== undefined) {
      const code = await desk.read(item.mention);
      if (code === undefined) pick.title = `${title} · ${item.label} cannot be sent`;
      else mentioned.set(item.label, code);
      pick.value = pick.value.replace(/@\S*$/u, `@${item.label} `);
      return refresh();
    }
    const text = (item?.text ?? pick.value).trim();
    if (text !== "") resolve(text);
    return undefined;
  };
  pick.onDidChangeValue(() => void refresh());
  pick.onDidAccept(() => void accept());
  pick.onDidHide(() => resolve(undefined));
  pick.items = wishes(state, "");
  pick.show();
  void named?.then(
    (name) => {
      if (name === undefined) pick.hide();
      else pick.title = name;
    },
    () => pick.hide(),
  );
  const text = await promise.finally(() => pick.dispose());
  if (text === undefined) return undefined;
  await keepWish(state, text);
  const still = [...mentioned].filter(([label]) => text.includes(`@${label}`));
  return { text, mentioned: still.flatMap(([, code]) => code) };
}

/** What is typed comes first: Enter sends it. */
function wishes(state: Memento, value: string): InstructionItem[] {
  const typed = value.trim();
  const kept = history(state).filter((text) => text !== typed);
  const first: InstructionItem[] =
    typed === "" ? [] : [{ label: value, description: "press Enter to ask", alwaysShow: true, text: typed }];
  return [...first, ...kept.map((text) => ({ label: text, description: "asked before", text }))];
}

async function mentions(desk: MentionDesk, query: string): Promise<InstructionItem[]> {
  const offered = await desk.complete(query);
  return offered.map(({ id, label, detail }) => ({
    label,
    ...(detail === undefined ? {} : { description: detail }),
    alwaysShow: true,
    mention: id,
  }));
}

function history(state: Memento): readonly string[] {
  const kept: unknown = state.get(HISTORY_KEY);
  return Array.isArray(kept) ? kept.filter((text: unknown): text is string => typeof text === "string") : [];
}

async function keepWish(state: Memento, text: string): Promise<void> {
  if (text.length > LONGEST_KEPT) return;
  const others = history(state).filter((kept) => kept !== text);
  await state.update(HISTORY_KEY, [text, ...others].slice(0, MOST_KEPT));
}

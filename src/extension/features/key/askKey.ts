import { ThemeIcon, window } from "vscode";
import { DEFAULT_KEY_NAME } from "../../../core/keys/keyName.ts";

export const ANOTHER_KEY = "Another key for an environment or a workspace…";

interface KeyQuestion {
  readonly host: string;
  readonly keyName: string;
  /** The mask of the key that this one replaces. */
  readonly known: string | undefined;
  /** The gateway gives keys to those who sign in on its page. */
  readonly hasSignIn: boolean;
}

/** `another`: the person wants to enter a key of another name; `sign-in`: to get one by signing in. */
type KeyAnswer =
  | { readonly kind: "key"; readonly key: string }
  | { readonly kind: "another" }
  | { readonly kind: "sign-in" };

/** `undefined` when the box was left. */
export function askKey({ host, keyName, known, hasSignIn }: KeyQuestion): Promise<KeyAnswer | undefined> {
  const { promise, resolve } = Promise.withResolvers<KeyAnswer | undefined>();
  const box = window.createInputBox();
  box.title = keyName === DEFAULT_KEY_NAME ? `Key for ${host}` : `Key ${keyName} for ${host}`;
  box.prompt =
    known === undefined
      ? "It is kept in the editor's secret storage and sent to this host only."
      : `Replaces ${known}.`;
  box.placeholder = "sk-or-v1-…";
  box.password = true;
  box.ignoreFocusOut = true;
  const another = { iconPath: new ThemeIcon("list-selection"), tooltip: ANOTHER_KEY };
  const signIn = { iconPath: new ThemeIcon("sign-in"), tooltip: `Sign in at ${host} instead` };
  box.buttons = hasSignIn ? [signIn, another] : [another];
  box.onDidTriggerButton((button) => resolve({ kind: button === signIn ? "sign-in" : "another" }));
  box.onDidChangeValue((value) => (box.validationMessage = describeKeyMistake(value)));
  box.onDidAccept(() => {
    const key = box.value.trim();
    if (key !== "" && describeKeyMistake(key) === "") resolve({ kind: "key", key });
  });
  box.onDidHide(() => resolve(undefined));
  box.show();
  return promise.finally(() => box.dispose());
}

function describeKeyMistake(value: string): string {
  const key = value.trim();
  return key === "" || /^[\x21-\x7e]+$/.test(key) ? "" : "A key has no spaces and only plain characters.";
}

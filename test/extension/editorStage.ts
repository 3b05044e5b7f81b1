import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { lstat, readFile, readdir, stat } from "node:fs/promises";
import { registerHooks } from "node:module";
import { tmpdir } from "node:os";
import { join, posix } from "node:path";

/** What code that runs in the editor did to the world. */
interface Effect {
  readonly kind: "read" | "open" | "document" | "command" | "clipboard" | "external" | "terminal" | "log";
  readonly what: string;
}

/** A notification, a dialog or a list that the person is shown. */
interface Question {
  readonly text: string;
  readonly detail: string;
  readonly isModal: boolean;
  /** The buttons, or the lines of a list. */
  readonly choices: readonly unknown[];
}

/** As much of the editor as the chat needs, on a folder of its own. Whoever is asked something closes the question. */
export interface EditorStage {
  /** The opened folder; files beside it belong to somebody else. */
  readonly project: string;
  readonly root: string;
  readonly effects: Effect[];
  /** The person goes to another editor. */
  showOtherEditor(): void;
  /** So many are told when the person does. */
  readonly watchers: ReadonlySet<() => void>;
  /** What the editor's own commands answer. */
  readonly answers: Map<string, unknown>;
  /** What the person was shown, oldest first. */
  readonly questions: Question[];
  /** What the person answers; closes the question unless a test says otherwise. */
  answer: (question: Question) => unknown;
  /** The person's browser, which gets every address that is opened outside. */
  browse: (address: string) => void;
  /** How the person's screen is connected to this code. */
  readonly screen: { uiKind: number; remoteName: string | undefined };
  /** Each stops something that says it can be stopped. */
  readonly stops: Set<() => void>;
  /** The person's own settings. */
  readonly userSettings: Map<string, unknown>;
  /** Puts something else in the place of what the editor's `window`, `workspace` and so on hold. */
  change(part: "extensions" | "languages" | "window" | "workspace", values: object): void;
  remove(): void;
}

const ADDRESS = "waybill-test:editor";
const PLACE = "waybillTestEditor";

/** From now on, `vscode` is this stage. Modules that import it must be imported after this. */
export function openEditorStage(): EditorStage {
  const root = mkdtempSync(join(tmpdir(), "waybill-editor-"));
  const project = join(root, "project");
  mkdirSync(join(project, "src"), { recursive: true });
  for (const file of ["project/src/a.ts", "project/AGENTS.md", "outside.txt"]) writeFileSync(join(root, file), "text");
  const effects: Effect[] = [];
  const watchers = new Set<() => void>();
  const answers = new Map<string, unknown>();
  const questions: Question[] = [];
  const userSettings = new Map<string, unknown>();
  const ask = async (question: Question) => {
    questions.push(question);
    return stage.answer(question);
  };
  const screen = { uiKind: 1, remoteName: undefined };
  const stops = new Set<() => void>();
  const open = async (uri: Uri) => {
    note("external", uri.toString());
    stage.browse(uri.toString());
    return true;
  };
  const note: Note = (kind, what) => void effects.push({ kind, what });
  const api = editorApi({ project, watchers, answers, note, ask, userSettings, screen, stops, open });
  Reflect.set(globalThis, PLACE, api);
  const source = Object.keys(api).map(exportOf).join("\n");
  const hooks = registerHooks({
    resolve: (specifier, context, next) =>
      specifier === "vscode" ? { url: ADDRESS, shortCircuit: true } : next(specifier, context),
    load: (url, context, next) =>
      url === ADDRESS ? { format: "module", source, shortCircuit: true } : next(url, context),
  });
  const remove = () => {
    hooks.deregister();
    Reflect.deleteProperty(globalThis, PLACE);
    rmSync(root, { recursive: true, force: true });
  };
  const showOtherEditor = () => watchers.forEach((watcher) => watcher());
  const change: EditorStage["change"] = (part, values) => void Object.assign(Object(api[part]), values);
  const answer = (): unknown => undefined;
  const browse = () => undefined;
  const stage: EditorStage = {
    ...{ browse, screen, stops },
    ...{ project, root, effects, showOtherEditor, watchers, answers, questions, answer, userSettings, change, remove },
  };
  return stage;
}

/** Modules are loaded once in a process, so what they hold leads to the stage that is open when it is used. */
function exportOf(name: string): string {
  const found = `globalThis.${PLACE}?.${name}`;
  if (!LIVE.includes(name)) return `export const ${name} = ${found};`;
  return `export const ${name} = new Proxy({}, { get: (_object, key) => Reflect.get(${found} ?? {}, key) });`;
}

const LIVE = ["commands", "env", "extensions", "languages", "window", "workspace"];

type Note = (kind: Effect["kind"], what: string) => void;

/** Like the editor's own: `..` stays in the path. */
class Uri {
  readonly scheme: string;
  readonly authority: string;
  readonly path: string;
  readonly query: string;

  constructor(scheme: string, authority: string, path: string, query = "") {
    this.scheme = scheme;
    this.authority = authority;
    this.path = path;
    this.query = query;
  }

  static parse(text: string, isStrict = false): Uri {
    const parts = /^(?:(?<scheme>[^:/?#]+):)?(?:\/\/(?<authority>[^/?#]*))?(?<path>[^?#]*)(?:\?(?<query>[^#]*))?/u.exec(
      text,
    )?.groups;
    const { scheme, authority = "", path = "", query = "" } = parts ?? {};
    if (isStrict && (scheme === undefined || !/^\w[\w+.-]*$/u.test(scheme))) throw new Error("no scheme");
    const decoded = scheme === "file" && path === "" ? "/" : decodeURIComponent(path);
    return new Uri(scheme ?? "file", authority, decoded, query);
  }

  static file(path: string): Uri {
    return new Uri("file", "", path);
  }

  static from({ scheme, path }: { scheme: string; path: string }): Uri {
    return new Uri(scheme, "", path);
  }

  static joinPath({ scheme, authority, path }: Uri, ...parts: readonly string[]): Uri {
    return new Uri(scheme, authority, posix.join(path, ...parts));
  }

  get fsPath(): string {
    return this.path;
  }

  toString(): string {
    return `${this.scheme}://${this.authority}${encodeURI(this.path)}${this.query === "" ? "" : `?${this.query}`}`;
  }
}

interface EditorParts {
  readonly project: string;
  readonly watchers: Set<() => void>;
  readonly answers: ReadonlyMap<string, unknown>;
  readonly note: Note;
  readonly ask: (question: Question) => Promise<unknown>;
  readonly userSettings: Map<string, unknown>;
  readonly screen: EditorStage["screen"];
  readonly stops: Set<() => void>;
  readonly open: (uri: Uri) => Promise<boolean>;
}

function editorApi(parts: EditorParts): Record<string, unknown> {
  const { project, watchers, answers, note, ask, userSettings, screen, stops, open } = parts;
  const listen = () => ({ dispose: () => undefined });
  const folder = { uri: Uri.file(project), name: "project", index: 0 };
  const isInside = ({ scheme, path }: Uri) => scheme === "file" && `${path}/`.startsWith(`${project}/`);
  const values = [
    "Position",
    "Range",
    "RelativePattern",
    "TextDocumentChangeReason",
    "CodeLens",
    "Selection",
    "TextEdit",
    "EndOfLine",
    "MarkdownString",
    "TabInputText",
    "TabInputTextDiff",
    "ThemeIcon",
    "ThemeColor",
    "WorkspaceEdit",
  ];
  return {
    ...Object.fromEntries(values.map((name) => [name, standIn(name)])),
    CancellationTokenSource: class {
      readonly token = { isCancellationRequested: false };
      cancel(): void {}
      dispose(): void {}
    },
    QuickPickItemKind: { Separator: -1 },
    EventEmitter: Emitter,
    version: "1.105.0",
    UIKind: { Desktop: 1, Web: 2 },
    ExtensionKind: { UI: 1, Workspace: 2 },
    ExtensionMode: { Production: 1, Development: 2, Test: 3 },
    FileType: { Directory: 2, SymbolicLink: 64 },
    FilePermission: { Readonly: 1 },
    TextEditorRevealType: {},
    TextEditorSelectionChangeKind: {},
    SymbolKind: {},
    DiagnosticSeverity: { Error: 0, Warning: 1, Information: 2, Hint: 3 },
    ProgressLocation: {},
    ConfigurationTarget: {},
    ViewColumn: {},
    CommentMode: {},
    CommentThreadCollapsibleState: {},
    comments: { createCommentController: () => ({ dispose: () => undefined }) },
    Uri,
    commands: {
      executeCommand: async (name: string, argument: unknown) =>
        answers.has(name) ? answers.get(name) : runCommand(note, name, argument),
    },
    env: {
      get uiKind() {
        return screen.uiKind;
      },
      get remoteName() {
        return screen.remoteName;
      },
      clipboard: { writeText: async (text: string) => note("clipboard", text) },
      openExternal: open,
    },
    extensions: { getExtension: () => undefined },
    languages: { getDiagnostics: () => [], getLanguages: async () => [] },
    window: {
      ...messageBoxes(ask),
      showQuickPick: async (choices: readonly unknown[] | Promise<readonly unknown[]>, { title = "" } = {}) =>
        ask({ text: title, detail: "", isModal: false, choices: await choices }),
      showInputBox: async ({ title = "", prompt = "" }) =>
        ask({ text: title, detail: prompt, isModal: false, choices: [] }),
      withProgress: async (_options: unknown, task: (progress: unknown, token: unknown) => unknown) =>
        task({ report: () => undefined }, { isCancellationRequested: false, onCancellationRequested: stopBy(stops) }),
      ...{
        onDidChangeTextEditorSelection: listen,
        onDidChangeWindowState: listen,
        onDidChangeActiveTextEditor: (watcher: () => void) => {
          watchers.add(watcher);
          return { dispose: () => watchers.delete(watcher) };
        },
        onDidChangeActiveTerminal: listen,
      },
      ...{ visibleTextEditors: [], tabGroups: { all: [] }, setStatusBarMessage: listen },
      showTextDocument: async () => note("document", "shown"),
      createOutputChannel: () => {
        const say = (line: string) => note("log", line);
        return { info: say, warn: say, error: say, show: () => undefined, dispose: () => undefined };
      },
      createTerminal: () => ({ show: () => undefined, sendText: (text: string) => note("terminal", text) }),
    },
    workspace: {
      isTrusted: true,
      workspaceFolders: [folder],
      textDocuments: [],
      notebookDocuments: [],
      ...{ onDidGrantWorkspaceTrust: listen, onDidChangeWorkspaceFolders: listen, onDidSaveTextDocument: listen },
      ...{ onDidCloseTextDocument: listen, registerTextDocumentContentProvider: listen },
      getConfiguration: (section?: string) => settingsOf(userSettings, section),
      getWorkspaceFolder: (uri: Uri) => (isInside(uri) ? folder : undefined),
      asRelativePath: (uri: Uri) => uri.path.replace(`${project}/`, ""),
      findFiles: async () => [],
      openTextDocument: async (what: unknown) => note("document", String(what)),
      fs: {
        isWritableFileSystem: (scheme: string) => scheme === "file",
        stat: async ({ path }: Uri) => {
          const link = (await lstat(path)).isSymbolicLink() ? 64 : 0;
          return { type: link | ((await stat(path)).isDirectory() ? 2 : 1), size: 4 };
        },
        readDirectory: async ({ path }: Uri) =>
          (await readdir(path, { withFileTypes: true })).map((entry) => [
            entry.name,
            (entry.isSymbolicLink() ? 64 : 0) | (entry.isDirectory() ? 2 : 1),
          ]),
        readFile: async ({ path }: Uri) => {
          note("read", path);
          return readFile(path);
        },
      },
    },
  };
}

function stopBy(stops: Set<() => void>): (stop: () => void) => { dispose(): void } {
  return (stop) => {
    stops.add(stop);
    return { dispose: () => stops.delete(stop) };
  };
}

type Said = string | { readonly modal?: boolean; readonly detail?: string };

function messageBoxes(ask: EditorParts["ask"]): Record<string, unknown> {
  const show = async (text: string, ...rest: readonly Said[]) => {
    const [first] = rest;
    const { modal = false, detail = "" } = typeof first === "object" ? first : {};
    return ask({ text, detail, isModal: modal, choices: rest.filter((each) => typeof each === "string") });
  };
  return { showInformationMessage: show, showWarningMessage: show, showErrorMessage: show };
}

/** The defaults are unknown here. */
function settingsOf(values: Map<string, unknown>, section?: string): unknown {
  const keyOf = (name: string) => (section === undefined ? name : `${section}.${name}`);
  return {
    inspect: (name: string) => ({ globalValue: values.get(keyOf(name)) }),
    update: async (name: string, value: unknown) => {
      if (value === undefined) values.delete(keyOf(name));
      else values.set(keyOf(name), value);
    },
  };
}

class Emitter {
  readonly #listeners = new Set<(value: unknown) => void>();

  readonly event = (listener: (value: unknown) => void) => {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  };

  fire(value: unknown): void {
    for (const listener of this.#listeners) listener(value);
  }

  dispose(): void {
    this.#listeners.clear();
  }
}

/** A class that is only constructed here, or compared with. */
function standIn(name: string): new () => { readonly name: string } {
  return class {
    readonly name = name;
  };
}

/** They change and open nothing. */
const HARMLESS: readonly string[] = ["setContext", "vscode.executeWorkspaceSymbolProvider"];

function runCommand(note: Note, name: string, argument: unknown): void {
  if (name === "vscode.open" && argument instanceof Uri) note("open", argument.path);
  else if (!HARMLESS.includes(name)) note("command", name);
}

import { Range, type TextDocument, type TextEditor, Uri, type WorkspaceFolder, workspace } from "vscode";
import { buildTestMessages } from "../../../core/actions/buildTestMessages.ts";
import type { CodeContext } from "../../../core/conversation/conversationMessage.ts";
import { insideTestsLine } from "../../../core/testFiles/insideTests.ts";
import { type TestPlan, manifestsToRead, planTestFile } from "../../../core/testFiles/planTestFile.ts";
import { pathInside } from "../../../core/testFiles/testLanguage.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import { readTextFile } from "../chat/mentions/readTextFile.ts";
import { offeredFiles } from "../chat/mentions/workspaceFiles.ts";
import { tellKept, whyKept } from "../outgoing/sendGate.ts";
import { codeContext } from "../chat/selectionContext.ts";
import type { ProposedChange } from "./proposedChange.ts";
import { selectionOrSymbol } from "./symbolTarget.ts";
import { type TargetCode, documentTarget } from "./targetCode.ts";

/** Sources up to this go along whole, since a part of one hides what it uses. */
const WHOLE_SOURCE_CHARACTERS = 24_000;
const LONGEST_EXAMPLE_CHARACTERS = 8_000;

const WISH = {
  taskType: "test",
  surface: "code-action",
  doing: "is writing tests",
  title: "tests for",
  ready: "The tests are ready",
} as const;

/** The document whose tests are asked for. */
interface Source {
  readonly document: TextDocument;
  readonly folder: WorkspaceFolder;
  /** Relative to the folder. */
  readonly path: string;
  /** The code that goes along, and the lines of it that are meant. */
  readonly code: CodeContext;
  readonly focus: string | undefined;
}

/** Finds where the tests of the code in the editor go, and proposes them there: a new file, or an extension of what is there. */
export async function writeTests(
  services: ExtensionServices,
  editor: TextEditor,
  tell: (why: string) => Promise<void>,
): Promise<void> {
  const source = await sourceIn(editor);
  if (typeof source === "string") return tell(source);
  const plan = await planFor(source);
  if (plan === undefined) return tell("Waybill does not know where this language keeps its tests.");
  const proposals = await services.proposals();
  const uri = Uri.joinPath(source.folder.uri, plan.path);
  // Tests that are there already go along whole.
  const kept = plan.state === "new" ? undefined : await whyKept(uri);
  if (kept !== undefined) return tellKept(uri, kept);
  const target =
    plan.state === "new" ? newFile(uri, await proposals.emptyDocument(uri), source) : await existingFile(uri, plan);
  if (target === undefined) return tell(`The tests in ${plan.path} are empty or too large to be sent.`);
  await proposals.propose(await changeFor(source, plan, target));
}

async function sourceIn(editor: TextEditor): Promise<Source | string> {
  const { document } = editor;
  const folder = workspace.getWorkspaceFolder(document.uri);
  const path = folder === undefined ? undefined : pathInside(document.uri.path, folder.uri.path);
  if (folder === undefined || path === undefined) return "Only a file of the open folder has a place for its tests.";
  const [whole, part] = [documentTarget(document), await selectionOrSymbol(editor)];
  const isShort = document.getText().length <= WHOLE_SOURCE_CHARACTERS;
  const sent = isShort ? whole : part;
  if (sent === undefined) return "Put the cursor into a function, or select what is to be tested.";
  const focus = isShort && part !== undefined ? linesOf(part.range) : undefined;
  return { document, folder, path, code: { ...sent.context, diagnostics: [] }, focus };
}

async function planFor({ document, folder, path }: Source): Promise<TestPlan | undefined> {
  const uris = await offeredFiles(folder.uri);
  const files = uris.flatMap((uri) => pathInside(uri.path, folder.uri.path) ?? []);
  const tested = { source: path, languageId: document.languageId, files: [...new Set([...files, path])] };
  const manifests = await Promise.all(
    manifestsToRead(tested).map(async (each) => {
      const file = await readTextFile(Uri.joinPath(folder.uri, each));
      return { path: each, text: typeof file === "string" ? "" : file.text };
    }),
  );
  return planTestFile(tested, manifests);
}

async function changeFor(source: Source, plan: TestPlan, target: TargetCode): Promise<ProposedChange> {
  const example = plan.example === undefined ? undefined : await exampleOf(source, plan.example);
  const hasTests = plan.state !== "new" && !target.range.isEmpty;
  const messages = buildTestMessages({
    plan,
    source: source.path,
    code: source.code,
    ...(source.focus === undefined ? {} : { focus: source.focus }),
    ...(hasTests ? { existing: target.context } : {}),
    ...(example === undefined ? {} : { example }),
  });
  const isAdded = plan.state === "inside" && !hasTests;
  return {
    // The diff is called after the code that is tested, and that is what routing goes by.
    target: { ...target, context: source.code },
    wish: WISH,
    messages,
    ...(isAdded ? { before: "\n\n" } : {}),
    ...(plan.state === "new" ? { after: "\n" } : {}),
  };
}

async function exampleOf({ folder, document }: Source, path: string): Promise<CodeContext | undefined> {
  const file = await readTextFile(Uri.joinPath(folder.uri, path));
  if (typeof file === "string" || file.text.length > LONGEST_EXAMPLE_CHARACTERS) return undefined;
  return { label: path, languageId: document.languageId, text: file.text, diagnostics: [] };
}

function newFile(creates: Uri, document: TextDocument, { code }: Source): TargetCode {
  return { document, version: document.version, range: new Range(0, 0, 0, 0), context: code, creates };
}

/** All of it, or of a source with tests inside: those, or its end. */
async function existingFile(uri: Uri, { state }: TestPlan): Promise<TargetCode | undefined> {
  const document = await workspace.openTextDocument(uri);
  const whole = documentTarget(document);
  if (state !== "inside" || whole === undefined) return whole;
  const first = insideTestsLine(document.getText());
  const start = first === undefined ? whole.range.end : whole.range.start.with(first);
  const range = new Range(start, whole.range.end);
  const context = first === undefined ? whole.context : codeContext(document, range, []);
  return context === undefined ? undefined : { ...whole, range, context };
}

function linesOf({ start, end }: Range): string {
  return `${start.line + 1}-${end.line + 1}`;
}

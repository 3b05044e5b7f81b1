import type { TaskType } from "../tasks/taskType.ts";
import type { Surface } from "../waybill/waybill.ts";
import type { EditorAction } from "./editorAction.ts";

/** The actions whose answer is a replacement of the code. */
export type RewriteAction = Exclude<EditorAction, "explain" | "review" | "tests">;

/** What is asked, and how it is spoken of. */
export interface RewriteWish {
  /** For the model, a sentence. */
  readonly instruction: string;
  readonly taskType: TaskType;
  readonly surface: Surface;
  /** What a model does, after its name. */
  readonly doing: string;
  /** Begins the title of the diff, before the name of the code. */
  readonly title: string;
  /** A sentence without its stop. */
  readonly ready: string;
}

/** What a rewriting action asks for; `detail` is what the person wants of a refactoring. */
export function rewriteWish(action: RewriteAction, languageId: string, detail = ""): RewriteWish {
  switch (action) {
    case "fix":
      return {
        instruction: "Fix the problems of this code.",
        taskType: "fix",
        surface: "fix",
        doing: "is fixing the code",
        title: "fix of",
        ready: "The fix is ready",
      };
    case "refactor":
      return {
        instruction: `Refactor this without changing what it does: ${detail}`,
        taskType: "refactor",
        surface: "code-action",
        doing: "is refactoring",
        title: "refactoring of",
        ready: "The refactoring is ready",
      };
    case "document":
      return {
        instruction: `Document this code ${documentationOf(languageId)}. Say what it does, what it takes and returns, and what can go wrong; change no code.`,
        taskType: "document",
        surface: "code-action",
        doing: "is documenting the code",
        title: "documentation of",
        ready: "The documentation is ready",
      };
    case "simplify":
      return {
        instruction: "Simplify this. It must do and say the same as before, with less to read.",
        taskType: "refactor",
        surface: "code-action",
        doing: "is simplifying",
        title: "simpler form of",
        ready: "The simpler form is ready",
      };
    case "types":
      return {
        instruction: `Add the types that are missing in this code${typesOf(languageId)}. Make them as exact as the code allows; change nothing else.`,
        taskType: "edit",
        surface: "code-action",
        doing: "is adding types",
        title: "types for",
        ready: "The types are ready",
      };
  }
}

/** How documentation is written in a language. */
function documentationOf(languageId: string): string {
  switch (languageId) {
    case "typescript":
    case "typescriptreact":
    case "javascript":
    case "javascriptreact":
      return "with JSDoc";
    case "python":
      return "with docstrings";
    case "java":
      return "with Javadoc";
    case "kotlin":
      return "with KDoc";
    case "rust":
      return "with `///`";
    case "csharp":
      return "with XML documentation (`///`)";
    case "go":
      return "with Go doc comments";
    case "php":
      return "with PHPDoc";
    case "ruby":
      return "with YARD";
    case "elixir":
      return "with `@doc`";
    default:
      return "with comments in the way of its language";
  }
}

function typesOf(languageId: string): string {
  switch (languageId) {
    case "javascript":
    case "javascriptreact":
      return ", as JSDoc";
    case "python":
      return ", as annotations";
    case "lua":
      return ", as LuaLS annotations";
    case "elixir":
      return ", as `@spec`";
    default:
      return "";
  }
}

interface FileChange {
  readonly path: string;
  readonly isNew: boolean;
  readonly isDeleted: boolean;
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** Writes a Conventional Commits message for a unified diff: subject, and a body line for each file when there are several. */
export function commitMessage(diff: string): string {
  const changes = readDiff(diff);
  const [first] = changes;
  if (first === undefined) return "chore: update the project";
  const scope = scopeOf(changes);
  const subject = `${typeOf(changes)}${scope === "" ? "" : `(${scope})`}: ${actionOf(first)} ${subjectOf(first, changes.length)}`;
  if (changes.length === 1) return subject;
  const lines = changes.map(
    (change) => `- ${actionOf(change)} ${change.path} (+${change.added.length} -${change.removed.length})`,
  );
  return `${subject}\n\n${lines.join("\n")}`;
}

function readDiff(diff: string): readonly FileChange[] {
  const sections = diff.split(/^(?=diff --git )/m).filter((section) => /^(?:diff --git|---|\+\+\+|@@)/m.test(section));
  return sections.map((section) => {
    const lines = section.split("\n");
    return {
      path: pathOf(section),
      isNew: /^new file mode|^--- \/dev\/null/m.test(section),
      isDeleted: /^deleted file mode|^\+\+\+ \/dev\/null/m.test(section),
      added: lines.filter((line) => /^\+(?!\+\+)/.test(line)),
      removed: lines.filter((line) => /^-(?!--)/.test(line)),
    };
  });
}

function pathOf(section: string): string {
  const match =
    /^\+\+\+ b\/(.+)$/m.exec(section) ?? /^--- a\/(.+)$/m.exec(section) ?? /^diff --git a\/(\S+)/m.exec(section);
  return match?.[1] ?? "file";
}

function typeOf(changes: readonly FileChange[]): "test" | "docs" | "feat" | "fix" | "refactor" {
  if (changes.every(({ path }) => /\btests?\b|\.test\.|\.spec\./.test(path))) return "test";
  if (changes.every(({ path }) => /\.(?:md|rst|txt)$/.test(path))) return "docs";
  if (changes.some(({ isNew }) => isNew)) return "feat";
  if (changes.some(({ added, removed }) => added.length > removed.length * 2)) return "feat";
  return changes.some(({ added, removed }) => added.length > 0 && removed.length > 0) ? "fix" : "refactor";
}

function scopeOf(changes: readonly FileChange[]): string {
  const folders = new Set(changes.map(({ path }) => path.split("/").at(-2) ?? ""));
  return folders.size === 1 ? ([...folders][0] ?? "") : "";
}

function actionOf({ isNew, isDeleted, added, removed }: FileChange): "add" | "remove" | "correct" | "extend" {
  if (isNew) return "add";
  if (isDeleted) return "remove";
  return removed.length > 0 && added.length > 0 ? "correct" : "extend";
}

function subjectOf(first: FileChange, files: number): string {
  const declared = [...first.added, ...first.removed]
    .map((line) => /(?:function|class|const|def|interface|fn|func)\s+(\w+)/.exec(line)?.[1])
    .find(Boolean);
  const name =
    declared ??
    first.path
      .split("/")
      .at(-1)
      ?.replace(/\.\w+$/, "") ??
    "file";
  return files > 1 ? `${name} and ${files - 1} more` : name;
}

/** A file that git does not know yet, as git would show it once it does. */
export function newFileDiff(path: string, text: string): string {
  const lines = text.split(/\r?\n/);
  const isEnded = lines.at(-1) === "";
  if (isEnded) lines.pop();
  const head = `diff --git a/${path} b/${path}\nnew file mode 100644\n`;
  if (lines.length === 0) return head;
  const body = lines.map((line) => `+${line}\n`).join("");
  const ending = isEnded ? "" : "\\ No newline at end of file\n";
  return `${head}--- /dev/null\n+++ b/${path}\n@@ -0,0 +1,${lines.length} @@\n${body}${ending}`;
}

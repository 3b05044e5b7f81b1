import type { MarkdownIt, StateCore } from "markdown-it";

/** `- [ ] text` and `- [x] text` become items with a box; `decorateTasks` says in words what the boxes show. */
export function addTaskRule(markdown: MarkdownIt): void {
  markdown.core.ruler.push("tasks", readTasks);
  markdown.renderer.rules["task_box"] = (tokens, index) =>
    `<span class="${tokens[index]?.info === "done" ? "task-box task-done" : "task-box"}"></span>`;
}

function readTasks({ tokens, Token }: StateCore): void {
  for (const [index, inline] of tokens.entries()) {
    const item = tokens[index - 2];
    if (inline.type !== "inline" || tokens[index - 1]?.type !== "paragraph_open") continue;
    const [first] = inline.children ?? [];
    const mark = item?.type === "list_item_open" ? /^\[([ xX])\][ \t]+/u.exec(first?.content ?? "") : null;
    if (mark === null || item === undefined || first?.type !== "text") continue;
    const box = new Token("task_box", "span", 0);
    box.info = mark[1] === " " ? "" : "done";
    first.content = first.content.slice(mark[0].length);
    inline.children?.unshift(box);
    item.attrJoin("class", "task-item");
  }
}

/** The boxes only show something, so they are pictures with words and not controls that do nothing. */
export function decorateTasks(root: ParentNode): void {
  for (const box of root.querySelectorAll(".task-box")) {
    box.role = "img";
    box.ariaLabel = box.classList.contains("task-done") ? "Done" : "To do";
  }
}

/** Puts every table into a box that scrolls sideways and can be reached by the keyboard. */
export function decorateTables(root: ParentNode): void {
  for (const table of root.querySelectorAll("table")) {
    const box = document.createElement("div");
    box.className = "table-box";
    box.tabIndex = 0;
    box.role = "group";
    box.ariaLabel = "Table";
    table.replaceWith(box);
    box.append(table);
  }
}

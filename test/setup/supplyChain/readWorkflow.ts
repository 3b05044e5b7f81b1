/** A value of a workflow: text, a list, or named values. */
export type WorkflowValue = string | WorkflowValue[] | WorkflowMap;

export interface WorkflowMap {
  readonly [name: string]: WorkflowValue;
}

interface Line {
  readonly indent: number;
  readonly text: string;
}

/**
 * Reads the part of YAML that our workflows use: maps, lists, `|` texts, `[a, b]` and `{}`. Throws on everything else (anchors,
 * tags, folded texts, names twice), so that nothing in a workflow is taken for less than it is.
 */
export function readWorkflow(text: string): WorkflowMap {
  const lines = new Lines(text);
  const value = readBlock(lines, 0);
  if (!lines.isAtEnd()) throw new Error(`${lines.next().text} is indented in a way that is not read.`);
  if (!isMap(value)) throw new Error("A workflow begins with names.");
  return value;
}

export function isMap(value: WorkflowValue | undefined): value is WorkflowMap {
  return typeof value === "object" && !Array.isArray(value);
}

class Lines {
  readonly #raw: readonly string[];
  /** Of the next line that was not read. */
  #at = 0;

  constructor(text: string) {
    if (text.includes("\t")) throw new Error("Tabs are not read.");
    this.#raw = text.split("\n");
    this.#skipBlanks();
  }

  isAtEnd(): boolean {
    return this.#at >= this.#raw.length;
  }

  peek(): Line {
    const raw = this.#raw[this.#at] ?? "";
    const text = raw.trimStart();
    return { indent: this.isAtEnd() ? -1 : raw.length - text.length, text: text.replace(/(?:^|\s)#.*$/, "").trimEnd() };
  }

  next(): Line {
    const line = this.peek();
    this.#at++;
    this.#skipBlanks();
    return line;
  }

  /** The lines of a `|` text: all that are indented deeper. Comments before the first of them are lost. */
  textBelow(indent: number): string {
    const lines: string[] = [];
    while (!this.isAtEnd()) {
      const raw = this.#raw[this.#at] ?? "";
      if (raw.trim() !== "" && raw.length - raw.trimStart().length <= indent) break;
      lines.push(raw.trim());
      this.#at++;
    }
    this.#skipBlanks();
    return lines.join("\n").trim();
  }

  #skipBlanks(): void {
    while (!this.isAtEnd() && /^\s*(?:#.*)?$/.test(this.#raw[this.#at] ?? "")) this.#at++;
  }
}

function readBlock(lines: Lines, indent: number): WorkflowValue {
  return lines.peek().text.startsWith("- ") ? readList(lines, indent) : readMap(lines, indent);
}

function readList(lines: Lines, indent: number): WorkflowValue[] {
  const list: WorkflowValue[] = [];
  while (lines.peek().indent === indent && lines.peek().text.startsWith("- ")) {
    list.push(readMap(lines, indent + 2));
  }
  return list;
}

/** The first name of a map in a list stands behind its dash. */
function readMap(lines: Lines, indent: number): WorkflowMap {
  const map: Record<string, WorkflowValue> = {};
  for (let isFirst = true; !lines.isAtEnd(); isFirst = false) {
    const line = lines.peek();
    const isBehindDash = isFirst && line.indent === indent - 2 && line.text.startsWith("- ");
    if (line.indent !== indent && !isBehindDash) break;
    if (!isBehindDash && line.text.startsWith("- ")) break;
    const [, name, rest = ""] = /^(?:- )?([\w-]+):(?: (.+))?$/.exec(line.text) ?? [];
    if (name === undefined || name in map) throw new Error(`${line.text} is not read.`);
    lines.next();
    map[name] = readValue(lines, indent, rest);
  }
  return map;
}

function readValue(lines: Lines, indent: number, rest: string): WorkflowValue {
  if (rest === "|") return lines.textBelow(indent);
  if (rest !== "") return readInline(rest);
  const next = lines.peek();
  return next.indent > indent ? readBlock(lines, next.indent) : "";
}

function readInline(text: string): WorkflowValue {
  if (text === "{}") return {};
  const [, items] = /^\[([^[\]{}]*)\]$/.exec(text) ?? [];
  if (items !== undefined) return items.split(",").map((item) => readScalar(item.trim()));
  return readScalar(text);
}

function readScalar(text: string): string {
  const [, quoted] = /^"([^"\\]*)"$/.exec(text) ?? /^'([^']*)'$/.exec(text) ?? [];
  if (quoted !== undefined) return quoted;
  if (/^[&*!>|%@`"'[\]{}]/.test(text) || /: |:$/.test(text)) throw new Error(`${text} is not read.`);
  return text;
}

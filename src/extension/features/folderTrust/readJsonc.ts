import { type Node, type ParseError, getNodeValue, parseTree } from "jsonc-parser";

/** A property as it is written. */
export interface JsonProperty {
  readonly name: string;
  readonly value: unknown;
  /** As the file has it. */
  readonly written: string;
}

/** What stands in a file of the editor's: JSON with remarks and trailing commas, read as the editor itself reads it. */
export interface JsonFile {
  readonly properties: readonly JsonProperty[];
  readonly isBroken: boolean;
}

const OPTIONS = { allowTrailingComma: true, disallowComments: false };

/** Reads what makes sense of it; `undefined` where nothing can be read. Never throws. */
export function readJsonc(text: string): JsonFile | undefined {
  const errors: ParseError[] = [];
  try {
    const root = parseTree(text, errors, OPTIONS);
    return root?.type === "object" ? { properties: propertiesOf(root, text), isBroken: errors.length > 0 } : undefined;
  } catch {
    // Some ten thousand brackets in each other are more than the stack has.
    return undefined;
  }
}

function propertiesOf(root: Node, text: string): readonly JsonProperty[] {
  return (root.children ?? []).flatMap(({ children = [] }) => {
    const [name, value] = children;
    if (typeof name?.value !== "string" || value === undefined) return [];
    const written = text.slice(value.offset, value.offset + value.length);
    return [{ name: name.value, value: getNodeValue(value) as unknown, written }];
  });
}

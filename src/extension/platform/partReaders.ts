import type { Expectation, PartReader } from "./settingReader.ts";

/** Names that make no sense come from anyone, and are shown. */
const LONGEST_SHOWN_NAME = 60;

/** A value without parts, and the rule that it stands for. */
export function ruleOf<Value, Rule>(
  { expected, parse }: Expectation<Value>,
  toRule: (value: Value) => Rule,
): PartReader<Rule> {
  return (value, note) => {
    const parsed = parse(value);
    if (parsed !== undefined) return toRule(parsed);
    note("", expected);
    return undefined;
  };
}

/** A list whose items are read one by one, and the rule that it stands for. */
export function ruleOfList<Item, Rule>(
  { expected, parse }: Expectation<Item>,
  toRule: (items: readonly Item[]) => Rule,
): PartReader<Rule> {
  return (value, note) => {
    if (!Array.isArray(value)) {
      note("", `a list, each item ${expected}`);
      return undefined;
    }
    const items = value.flatMap((item: unknown, position) => {
      const parsed = parse(item);
      if (parsed === undefined) note(String(position), expected);
      return parsed === undefined ? [] : [parsed];
    });
    return toRule(items);
  };
}

/** An object: what each of its properties says, in their order. Properties without a reader are noted. */
export function rulesOf<Rule>(readers: Readonly<Record<string, PartReader<Rule>>>): PartReader<readonly Rule[]> {
  const known = new Map(Object.entries(readers));
  const names = [...known.keys()].join(", ");
  return (value, note) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      note("", `an object with ${names} only`);
      return undefined;
    }
    return Object.entries(value).flatMap(([name, item]: [string, unknown]) => {
      const reader = known.get(name);
      if (reader === undefined) note(name.slice(0, LONGEST_SHOWN_NAME), `left out, for the names are ${names}`);
      const rule = reader?.(item, (part, expected) => note(part === "" ? name : `${name}.${part}`, expected));
      return rule === undefined ? [] : [rule];
    });
  };
}

/** `null` says that there is no such rule. */
export function ruleOrNull<Rule>(read: PartReader<Rule>, none: Rule): PartReader<Rule> {
  return (value, note) =>
    value === null
      ? none
      : read(value, (part, expected) => note(part, part === "" ? `${expected}, or null` : expected));
}

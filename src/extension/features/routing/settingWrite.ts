import type { SettingKey } from "../../platform/contributions.ts";

/** One change of a setting, or of a part of one. */
export interface SettingWrite {
  readonly key: SettingKey;
  readonly where: "user" | "workspace";
  /** Names from the outside in, for instance `["fix", "profile"]`; empty for the whole setting. */
  readonly path: readonly string[];
  /** `undefined` takes it away. */
  readonly value: unknown;
}

type Properties = Readonly<Record<string, unknown>>;

/** The part of a setting's value that a path names. */
export function valueAt(whole: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, name) => (isProperties(value) ? value[name] : undefined), whole);
}

/** The setting's value after the change; objects that end up empty are taken away, too. */
export function withValueAt(whole: unknown, path: readonly string[], value: unknown): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return value;
  const others = isProperties(whole) ? whole : {};
  const inner = withValueAt(others[name], rest, value);
  const { [name]: _, ...left } = others;
  if (inner !== undefined) return { ...others, [name]: inner };
  return Object.keys(left).length === 0 ? undefined : left;
}

/** As it stands in settings.json, for instance `"waybill.routing.tasks": { "fix": { "profile": "economy" } }`. */
export function settingText({ key, path }: Pick<SettingWrite, "key" | "path">, value: unknown): string {
  const inner = path.reduceRight((text, name) => `{ ${JSON.stringify(name)}: ${text} }`, JSON.stringify(value));
  return `${JSON.stringify(key)}: ${inner}`;
}

/** What takes a change back, where `whole` was the setting's value before it. */
export function inverseOf(write: SettingWrite, whole: unknown): SettingWrite {
  return { ...write, value: valueAt(whole, write.path) };
}

function isProperties(value: unknown): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

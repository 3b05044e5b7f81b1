import type { SettingKey } from "./contributions.ts";

/** A setting as the editor holds it. Only the values of the workspace and of its folders come from a repository. */
export interface RawSetting {
  readonly defaultValue: unknown;
  readonly userValue: unknown;
  readonly workspaceValue: unknown;
  /** One a folder, for a setting that a folder may have. */
  readonly folderValues?: readonly unknown[];
}

export type ReadRawSetting = (key: SettingKey) => RawSetting;

export interface InvalidSetting {
  readonly key: SettingKey;
  /** Which part of it, for instance `fix.deny.0`; empty for the whole. */
  readonly part: string;
  /** What the value should have been, for instance `an amount in US dollars`. */
  readonly expected: string;
}

/** What a setting must be: words for the person, and a parser that answers `undefined` to anything else. */
export interface Expectation<Value> {
  readonly expected: string;
  readonly parse: (value: unknown) => Value | undefined;
}

/** Notes what makes no sense, by its path inside the setting, for instance `fix.deny.0`; empty for the whole. */
export type NoteInvalid = (part: string, expected: string) => void;

/**
 * Reads a value part by part: what makes sense holds, and the rest is noted. Answers `undefined` when nothing of it can
 * be used.
 */
export type PartReader<Value> = (value: unknown, note: NoteInvalid) => Value | undefined;

/** Reads settings and keeps what made no sense. */
export class SettingReader {
  readonly #read: ReadRawSetting;
  readonly #invalid: InvalidSetting[] = [];
  /** Several folders may have the same mistake, and a repository may have any number of them. */
  readonly #noted = new Set<string>();

  constructor(read: ReadRawSetting) {
    this.#read = read;
  }

  /** One entry a setting, or a part of one. */
  get invalid(): readonly InvalidSetting[] {
    return this.#invalid;
  }

  raw(key: SettingKey): RawSetting {
    return this.#read(key);
  }

  /** The person's value, never a workspace's; the default where there is none or it makes no sense. */
  expect<Value>(key: SettingKey, { expected, parse }: Expectation<Value>): Value | undefined {
    const { userValue, defaultValue } = this.#read(key);
    const value = parse(userValue ?? defaultValue);
    if (value !== undefined) return value;
    this.noteInvalid(key, expected);
    return parse(defaultValue);
  }

  /** The same, part by part: what makes sense of the person's value holds. */
  expectParts<Value>(key: SettingKey, read: PartReader<Value>): Value | undefined {
    const { userValue, defaultValue } = this.#read(key);
    const note = this.noteFor(key);
    return read(userValue ?? defaultValue, note) ?? read(defaultValue, note);
  }

  noteFor(key: SettingKey): NoteInvalid {
    return (part, expected) => this.noteInvalid(key, expected, part);
  }

  /** The same part is named once, also when it makes no sense in several places. */
  noteInvalid(key: SettingKey, expected: string, part = ""): void {
    const place = `${key} ${part}`;
    if (this.#noted.has(place)) return;
    this.#noted.add(place);
    this.#invalid.push({ key, part, expected });
  }
}

export function oneOf<Choice extends string | boolean>(choices: readonly Choice[]): Expectation<Choice> {
  return {
    expected: `one of ${choices.join(", ")}`,
    parse: (value) => choices.find((choice) => choice === value),
  };
}

export function numberBetween(least: number, most: number): Expectation<number> {
  return {
    expected: `a number from ${least} to ${most}`,
    parse: (value) => (typeof value === "number" && value >= least && value <= most ? value : undefined),
  };
}

export function wholeNumberBetween(least: number, most: number): Expectation<number> {
  const { parse } = numberBetween(least, most);
  return {
    expected: `a whole number from ${least} to ${most}`,
    parse: (value) => (Number.isInteger(value) ? parse(value) : undefined),
  };
}

/** `null` says that there is none. */
export function orNull<Value>({ expected, parse }: Expectation<Value>): Expectation<Value | null> {
  return { expected: `${expected}, or null`, parse: (value) => (value === null ? null : parse(value)) };
}

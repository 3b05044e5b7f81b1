import type { SettingKey } from "./contributions.ts";

/** A setting as the editor holds it. Only `workspace` comes from a repository. */
export interface RawSetting {
  readonly defaultValue: unknown;
  readonly userValue: unknown;
  readonly workspaceValue: unknown;
}

export type ReadRawSetting = (key: SettingKey) => RawSetting;

export interface InvalidSetting {
  readonly key: SettingKey;
  /** What the value should have been, for instance `an amount in US dollars`. */
  readonly expected: string;
}

/** What a setting must be: words for the person, and a parser that answers `undefined` to anything else. */
export interface Expectation<Value> {
  readonly expected: string;
  readonly parse: (value: unknown) => Value | undefined;
}

/** Reads settings and keeps what made no sense. */
export class SettingReader {
  readonly #read: ReadRawSetting;
  readonly #invalid: InvalidSetting[] = [];

  constructor(read: ReadRawSetting) {
    this.#read = read;
  }

  /** One entry a setting. */
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

  noteInvalid(key: SettingKey, expected: string): void {
    this.#invalid.push({ key, expected });
  }
}

export function oneOf<Choice extends string>(choices: readonly Choice[]): Expectation<Choice> {
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

/** A setting that makes no sense, or a part of one. */
interface InvalidValue {
  /** The setting's id. */
  readonly key: string;
  /** Which part of it, for instance `fix.deny.0`; empty for the whole. */
  readonly part: string;
  /** What it should have been, for instance `an amount in US dollars`. */
  readonly expected: string;
}

/** What is meant for one gateway never goes to the default one instead. */
const WITHOUT_DEFAULT = "waybill.gateway.url";

/** What is wrong, and what is used instead, without the full stop. */
export function describeInvalidSetting({ key, part, expected }: InvalidValue): string {
  if (key === WITHOUT_DEFAULT)
    return `The setting ${key} makes no sense: it must be ${expected}. Nothing is sent until it is`;
  return part === ""
    ? `The setting ${key} makes no sense: it must be ${expected}. The default is used instead`
    : `The setting ${key} makes no sense at ${part}: that must be ${expected}. The rest of the setting holds`;
}

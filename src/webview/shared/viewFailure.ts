/** A component could not be rendered. `message` names the component and the kind of error, never its text. */
export class ViewFailedEvent extends Event {
  static readonly type = "view-failed";
  readonly message: string;

  constructor(where: string, error: unknown) {
    super(ViewFailedEvent.type, { bubbles: true, composed: true });
    this.message = describeFailure(where, error);
  }
}

/** The text of an error may quote the conversation, so only its name is kept. */
export function describeFailure(where: string, error: unknown): string {
  return `${error instanceof Error ? error.name : "unknown error"} in ${where}`;
}

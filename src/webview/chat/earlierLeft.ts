/** The conversation is looked at so far below that what comes before a message need not be held. */
export class EarlierLeftEvent extends Event {
  static readonly type = "earlier-left";
  readonly beforeId: string;

  constructor(beforeId: string) {
    super(EarlierLeftEvent.type, { bubbles: true, composed: true });
    this.beforeId = beforeId;
  }
}

import type { FromSpendView } from "../../protocol/spendMessages.ts";

/** A wish of a component, on its way up to the element that speaks to the host. */
export class SpendRequestEvent extends Event {
  static readonly type = "spend-request";
  readonly message: FromSpendView;

  constructor(message: FromSpendView) {
    super(SpendRequestEvent.type, { bubbles: true, composed: true });
    this.message = message;
  }
}

export function requestFromSpending(element: HTMLElement, message: FromSpendView): void {
  element.dispatchEvent(new SpendRequestEvent(message));
}

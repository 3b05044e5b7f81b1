import type { FromRoutingView } from "../../protocol/routingMessages.ts";

/** A wish of a component, on its way up to the element that speaks to the host. */
export class RoutingRequestEvent extends Event {
  static readonly type = "routing-request";
  readonly message: FromRoutingView;

  constructor(message: FromRoutingView) {
    super(RoutingRequestEvent.type, { bubbles: true, composed: true });
    this.message = message;
  }
}

export function requestFromRouting(element: HTMLElement, message: FromRoutingView): void {
  element.dispatchEvent(new RoutingRequestEvent(message));
}

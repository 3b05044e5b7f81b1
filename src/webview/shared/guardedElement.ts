import { LitElement } from "lit";
import { ViewFailedEvent } from "./viewFailure.ts";

/** Base of all components: an exception while rendering is reported upwards and does not take the panel down. */
export abstract class GuardedElement extends LitElement {
  protected override performUpdate(): void {
    try {
      super.performUpdate();
    } catch (error) {
      this.dispatchEvent(new ViewFailedEvent(this.localName, error));
    }
  }
}

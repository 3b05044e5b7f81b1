/** Knows when the page took away what had the keyboard: a button that went with its message, or a problem that is solved. */
export class FocusKeeper {
  /** What had the keyboard last, inside whichever component. */
  private last: Element | undefined;

  /** To be called before the page changes: events of the focus do not leave the component in which it moves. */
  look(): void {
    let active = document.activeElement;
    if (active === null || active === document.body) return;
    while (active.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    this.last = active;
  }

  /** Puts the keyboard to where it was last; `false` where that is gone or takes none. */
  restore(): boolean {
    const { last } = this;
    if (!(last instanceof HTMLElement) || !last.isConnected) return false;
    last.focus({ preventScroll: true });
    return document.activeElement !== document.body;
  }

  /** True once for each element that is gone while nothing else has taken the keyboard. */
  takesLoss(): boolean {
    const isLost = this.last?.isConnected === false && document.activeElement === document.body;
    if (isLost) this.last = undefined;
    return isLost;
  }
}

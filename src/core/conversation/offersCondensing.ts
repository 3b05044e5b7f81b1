export interface ChatLoad {
  /** Of the model's window that the next question takes, 0 to 1. */
  readonly share: number;
  /** How many exchanges go along with it. */
  readonly earlier: number;
  /** The provider may still have the prompt in its cache: what condensing would forget. */
  readonly isWarm: boolean;
}

/** From here on it is offered although a warm cache would be lost: soon the oldest exchanges are left out. */
const NEARLY_FULL = 0.9;

/** Fewer are hardly shorter as a summary. */
const FEWEST_EXCHANGES = 2;

/** Whether to offer condensing by itself. `atPercent` is the person's threshold, 0 for never. */
export function offersCondensing({ share, earlier, isWarm }: ChatLoad, atPercent: number): boolean {
  if (atPercent === 0 || earlier < FEWEST_EXCHANGES || share < atPercent / 100) return false;
  return !isWarm || share >= NEARLY_FULL;
}

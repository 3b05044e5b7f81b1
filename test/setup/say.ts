/** Tells the person at the terminal what happens now, in one line. */
export function say(sentence: string): void {
  process.stdout.write(`${sentence}\n`);
}

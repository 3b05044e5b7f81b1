import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";

/** Asks for a key on the terminal without showing what is typed. Rejects when nothing is typed. */
export async function askForKey(): Promise<string> {
  process.stdout.write("OpenRouter key (it is not shown): ");
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: silent, terminal: process.stdin.isTTY });
  // In raw mode the terminal sends no signal for Ctrl+C; the interface reads it as a character.
  lines.on("SIGINT", () => process.exit(130));
  const key = (await lines.question("")).trim();
  lines.close();
  process.stdout.write("\n");
  if (key === "") throw new Error("No key was typed. Run npm start without --key to work with the simulator.");
  return key;
}

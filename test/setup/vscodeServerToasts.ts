import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** The condition under which this version of VS Code shows a notification, as it stands in its bundle. */
const SHOWN_WITHOUT_TEST_DRIVER = "!this.environmentService.enableSmokeTestDriver&&e.priority!==2";
const SHOWN_ALWAYS = "e.priority!==2";

/**
 * Lets notifications pop up in an installed server. Development extensions need the smoke-test driver, and with that
 * VS Code holds every notification back; a person trying Waybill would miss what it says.
 */
export async function showToasts(vscodeFolder: string): Promise<void> {
  const bundle = join(vscodeFolder, "out", "vs", "code", "browser", "workbench", "workbench.js");
  const text = await readFile(bundle, "utf8");
  await writeFile(bundle, withToasts(text));
}

/** Throws when the condition is not there exactly once: then this is another version of VS Code. */
export function withToasts(bundle: string): string {
  const parts = bundle.split(SHOWN_WITHOUT_TEST_DRIVER);
  if (parts.length === 2) return parts.join(SHOWN_ALWAYS);
  throw new Error("VS Code's bundle does not look as expected: its condition for showing notifications has changed.");
}

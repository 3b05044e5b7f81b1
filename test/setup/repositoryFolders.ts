import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The root of the checkout: an absolute path without a trailing separator. */
export const repositoryFolder: string = fileURLToPath(new URL("../..", import.meta.url)).replace(/[\\/]$/, "");

/** What a run installs or keeps between runs. Ignored by Git; deleting it costs one download. */
export const keptFolder: string = join(repositoryFolder, ".vscode-test");

/** What a run produces: bundles of tests, screenshots, the VSIX. Ignored by Git. */
export const outputFolder: string = join(repositoryFolder, "out");

/** Where the host loads the built extension from. */
export const stagedExtensionFolder: string = join(outputFolder, "extension");

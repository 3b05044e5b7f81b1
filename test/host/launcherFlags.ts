/** What the launcher understands of the flags VS Code takes. Paths as given. */
export interface LauncherFlags {
  readonly extensionFolder: string;
  readonly testsFile: string;
  /** The folder to open; absent for an empty window. */
  readonly workspaceFolder?: string;
  readonly isWorkspaceTrustOff: boolean;
}

/**
 * Reads VS Code's command line. Flags that mean nothing to a server and a browser are left aside.
 * Throws when one of the two paths is missing that a test run cannot do without.
 */
export function parseLauncherFlags(parameters: readonly string[]): LauncherFlags {
  const workspaceFolder = parameters.find((parameter) => !parameter.startsWith("-"));
  return {
    extensionFolder: requiredValue(parameters, "extensionDevelopmentPath"),
    testsFile: requiredValue(parameters, "extensionTestsPath"),
    ...(workspaceFolder === undefined ? {} : { workspaceFolder }),
    isWorkspaceTrustOff: parameters.includes("--disable-workspace-trust"),
  };
}

function requiredValue(parameters: readonly string[], name: string): string {
  const prefix = `--${name}=`;
  const value = parameters.find((parameter) => parameter.startsWith(prefix))?.slice(prefix.length);
  if (value === undefined || value === "") throw new Error(`The launcher needs ${prefix}PATH.`);
  return value;
}

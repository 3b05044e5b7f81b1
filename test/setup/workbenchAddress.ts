/** What a workbench is opened with. Paths are absolute. */
export interface WorkbenchAddressOptions {
  readonly origin: string;
  readonly workspaceFolder?: string;
  readonly extensionFolder: string;
  /** A module with a `run` function; the workbench runs it and reports the result. */
  readonly testsFile?: string;
}

/** The address that opens a folder in the browser workbench with an extension in development mode. */
export function workbenchAddress(options: WorkbenchAddressOptions): string {
  const host = new URL(options.origin).host;
  const remote = (path: string): string => `vscode-remote://${host}${asUrlPath(path)}`;
  const payload = [
    ["extensionDevelopmentPath", remote(options.extensionFolder)],
    ...(options.testsFile === undefined ? [] : [["extensionTestsPath", remote(options.testsFile)]]),
    ["enableProposedApi", ""],
    ["skipWelcome", "true"],
  ];
  const folder =
    options.workspaceFolder === undefined ? "" : `folder=${encodeURIComponent(asUrlPath(options.workspaceFolder))}&`;
  return `${options.origin}/?${folder}payload=${encodeURIComponent(JSON.stringify(payload))}`;
}

function asUrlPath(path: string): string {
  const withSlashes = path.replaceAll("\\", "/");
  return withSlashes.startsWith("/") ? withSlashes : `/${withSlashes}`;
}

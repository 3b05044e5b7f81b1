import { spawn } from "node:child_process";

/** Opens an address in the person's browser; false when there is no display to show one on. */
export function openInBrowser(address: string): boolean {
  const opener = openerFor(process.platform, process.env);
  if (opener === undefined) return false;
  const [command, ...parameters] = opener;
  const child = spawn(command, [...parameters, address], { stdio: "ignore", detached: true });
  // The address stands on the terminal too, so a missing opener is no failure.
  child.on("error", () => {});
  child.unref();
  return true;
}

/** The command that opens an address, with the parameters before it. */
export function openerFor(
  platform: NodeJS.Platform,
  environment: NodeJS.ProcessEnv,
): readonly [string, ...string[]] | undefined {
  if (platform === "darwin") return ["open"];
  if (platform === "win32") return ["explorer.exe"];
  const hasDisplay = Boolean(environment["DISPLAY"]) || Boolean(environment["WAYLAND_DISPLAY"]);
  return hasDisplay ? ["xdg-open"] : undefined;
}

import { readFile } from "node:fs/promises";
import type { VscodeSettings } from "./vscodeSettings.ts";

/**
 * The settings for one more start of a kept profile: what the person changed there stays, except for Waybill's
 * gateway, which follows how the start was asked for.
 */
export async function keptSettings(file: string, fresh: VscodeSettings): Promise<VscodeSettings> {
  const { "waybill.gateway.url": _oldGateway, ...kept } = await readSettings(file);
  const gateway = Object.entries(fresh).filter(([id]) => id === "waybill.gateway.url");
  return { ...fresh, ...kept, ...Object.fromEntries(gateway) };
}

/** Nothing is kept of a file that is missing, or that comments or a slip of the pen keep from being read. */
async function readSettings(file: string): Promise<VscodeSettings> {
  try {
    const settings: unknown = JSON.parse(await readFile(file, "utf8"));
    return typeof settings === "object" && settings !== null ? { ...settings } : {};
  } catch {
    return {};
  }
}

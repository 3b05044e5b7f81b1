import { cp, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const DEMO_FOLDER = fileURLToPath(new URL("demo-workspace", import.meta.url));

/** A folder that exists for one run. */
export interface TemporaryWorkspace {
  readonly folder: string;
  remove(): Promise<void>;
}

/** A fresh copy of the demo project in a temporary folder. */
export async function temporaryDemoWorkspace(): Promise<TemporaryWorkspace> {
  const parent = await mkdtemp(join(tmpdir(), "waybill-workspace-"));
  const folder = join(parent, "invoice-demo");
  await copyDemoWorkspace(folder);
  return { folder, remove: async () => await rm(parent, { recursive: true, force: true, maxRetries: 5 }) };
}

/** Copies the demo project, leaving files that are there already as they are. */
export async function copyDemoWorkspace(folder: string): Promise<void> {
  await mkdir(dirname(folder), { recursive: true });
  await cp(DEMO_FOLDER, folder, { recursive: true, force: false });
}

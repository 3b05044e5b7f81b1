import { promises as files } from "node:fs";
import { dirname, join } from "node:path";
import * as z from "zod/mini";

/** A model list as a gateway gave it, and when. */
export interface KeptCatalog {
  /** The gateway's marks of this state of the list, see `CatalogVersion`. */
  readonly version: {
    readonly path: string;
    readonly etag?: string | undefined;
    readonly lastModified?: string | undefined;
  };
  /** When the gateway last said that this is its list. */
  readonly fetchedAtMs: number;
  /** Changes the person has been told of, so that no window tells them again. */
  readonly told: readonly ToldChange[];
  readonly text: string;
}

export interface ToldChange {
  readonly key: string;
  readonly atMs: number;
}

/**
 * The last good model list of each gateway, shared by all windows of this machine. Neither method rejects: a list that
 * cannot be read or kept is asked for again.
 */
export interface CatalogCache {
  /** `address` is `Gateway.address`. */
  read(address: string): Promise<KeptCatalog | undefined>;
  write(address: string, kept: KeptCatalog): Promise<void>;
}

const MAX_FILE_BYTES = 16 * 1024 * 1024;

const text = z.optional(z.string());
const headSchema = z.object({
  format: z.literal(1),
  version: z.object({ path: z.string(), etag: text, lastModified: text }),
  fetchedAtMs: z.int().check(z.nonnegative()),
  told: z.array(z.object({ key: z.string(), atMs: z.number() })),
  textLength: z.int(),
});

/**
 * One file a gateway. Its first line tells of the list, the rest is the list as it came, so that a megabyte of JSON is
 * neither parsed nor written anew to note its age.
 */
export function openCatalogCache(folder: string): CatalogCache {
  return {
    read: async (address) => {
      try {
        return await readKept(await pathOf(folder, address));
      } catch {
        return undefined;
      }
    },
    write: async (address, kept) => {
      try {
        await writeKept(await pathOf(folder, address), kept);
      } catch {
        // A full disk or a folder that cannot be written costs a request at the next start, and no more.
      }
    },
  };
}

async function readKept(path: string): Promise<KeptCatalog | undefined> {
  const { size } = await files.stat(path);
  if (size > MAX_FILE_BYTES) return undefined;
  const content = await files.readFile(path, "utf8");
  const end = content.indexOf("\n");
  const { format: _format, textLength, ...head } = headSchema.parse(JSON.parse(content.slice(0, end)));
  const list = content.slice(end + 1);
  // A file cut short, which a renamed one can be after the power failed.
  return list.length === textLength ? { ...head, text: list } : undefined;
}

/** Written beside and renamed, so that a window reading at that moment sees the old file or the new one. */
async function writeKept(path: string, { text: list, ...head }: KeptCatalog): Promise<void> {
  const content = `${JSON.stringify({ format: 1, ...head, textLength: list.length })}\n${list}`;
  if (Buffer.byteLength(content) > MAX_FILE_BYTES) return;
  const draft = `${path}.${crypto.randomUUID()}.tmp`;
  await files.mkdir(dirname(path), { recursive: true });
  try {
    await files.writeFile(draft, content);
    await files.rename(draft, path);
  } catch (error) {
    await files.rm(draft, { force: true });
    throw error;
  }
}

/** An address may hold what no file name can, and need not be read by anybody who looks at the folder. */
async function pathOf(folder: string, address: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(address));
  return join(folder, `catalog-${Buffer.from(digest).toString("hex").slice(0, 32)}.json`);
}

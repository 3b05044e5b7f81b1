import { inflateRawSync } from "node:zlib";

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const FILE_ENTRY = 0x04034b50;
const ENTRY_HEADER_BYTES = 46;
const FILE_HEADER_BYTES = 30;
const END_RECORD_BYTES = 22;
const DEFLATED = 8;

interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly packedBytes: number;
  /** Where the file's own header begins. */
  readonly offset: number;
}

/**
 * The names of the files in a ZIP archive, sorted, read from its central directory (APPNOTE.TXT 4.3.12 and 4.3.16).
 * Folders are left out. Throws on anything that is not a whole archive.
 */
export function zipEntries(archive: Buffer): string[] {
  return [...directoryOf(archive)].map(({ name }) => name).toSorted();
}

/** The files of a ZIP archive, unpacked, by name (APPNOTE.TXT 4.3.7). */
export function zipFiles(archive: Buffer): ReadonlyMap<string, Buffer> {
  return new Map([...directoryOf(archive)].map((entry) => [entry.name, unpack(archive, entry)]));
}

function* directoryOf(archive: Buffer): Generator<ZipEntry> {
  const end = endOfDirectory(archive);
  let offset = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    if (archive.readUInt32LE(offset) !== DIRECTORY_ENTRY) throw new Error("The archive's directory is damaged.");
    const nameBytes = archive.readUInt16LE(offset + 28);
    const otherBytes = archive.readUInt16LE(offset + 30) + archive.readUInt16LE(offset + 32);
    const nameStart = offset + ENTRY_HEADER_BYTES;
    const name = archive.toString("utf8", nameStart, nameStart + nameBytes);
    const entry = {
      name,
      method: archive.readUInt16LE(offset + 10),
      packedBytes: archive.readUInt32LE(offset + 20),
      offset: archive.readUInt32LE(offset + 42),
    };
    if (!name.endsWith("/")) yield entry;
    offset = nameStart + nameBytes + otherBytes;
  }
}

function unpack(archive: Buffer, { name, method, packedBytes, offset }: ZipEntry): Buffer {
  if (archive.readUInt32LE(offset) !== FILE_ENTRY) throw new Error(`${name} is not where the archive says.`);
  const start = offset + FILE_HEADER_BYTES + archive.readUInt16LE(offset + 26) + archive.readUInt16LE(offset + 28);
  const packed = archive.subarray(start, start + packedBytes);
  return method === DEFLATED ? inflateRawSync(packed) : packed;
}

function endOfDirectory(archive: Buffer): number {
  for (let offset = archive.length - END_RECORD_BYTES; offset >= 0; offset--) {
    if (archive.readUInt32LE(offset) === END_OF_DIRECTORY) return offset;
  }
  throw new Error("This is not a ZIP archive.");
}

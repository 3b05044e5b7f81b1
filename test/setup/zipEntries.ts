const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const ENTRY_HEADER_BYTES = 46;
const END_RECORD_BYTES = 22;

/**
 * The names of the files in a ZIP archive, sorted, read from its central directory (APPNOTE.TXT 4.3.12 and 4.3.16).
 * Folders are left out. Throws on anything that is not a whole archive.
 */
export function zipEntries(archive: Buffer): string[] {
  const end = endOfDirectory(archive);
  const names: string[] = [];
  let offset = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    if (archive.readUInt32LE(offset) !== DIRECTORY_ENTRY) throw new Error("The archive's directory is damaged.");
    const nameBytes = archive.readUInt16LE(offset + 28);
    const otherBytes = archive.readUInt16LE(offset + 30) + archive.readUInt16LE(offset + 32);
    const nameStart = offset + ENTRY_HEADER_BYTES;
    names.push(archive.toString("utf8", nameStart, nameStart + nameBytes));
    offset = nameStart + nameBytes + otherBytes;
  }
  return names.filter((name) => !name.endsWith("/")).toSorted();
}

function endOfDirectory(archive: Buffer): number {
  for (let offset = archive.length - END_RECORD_BYTES; offset >= 0; offset--) {
    if (archive.readUInt32LE(offset) === END_OF_DIRECTORY) return offset;
  }
  throw new Error("This is not a ZIP archive.");
}

import { MAX_DROPPED_FILES } from "../../../protocol/composerMessages.ts";

/** VS Code's explorer and tabs write the first, other programs the second. */
const URI_LISTS = ["application/vnd.code.uri-list", "text/uri-list"];

/** What a drag carries, as `DataTransfer` tells it. */
export interface DraggedData {
  readonly types: readonly string[];
  getData(type: string): string;
}

/** Whether something is dragged that can be attached. Marked text that is moved is none. */
export function carriesFiles({ types }: Pick<DraggedData, "types">): boolean {
  return types.some((type) => type === "Files" || URI_LISTS.includes(type));
}

/** The files of a drop, each once; more than the limit are left out. A list has one URI in a line, and comments with `#`. */
export function readDroppedUris(data: DraggedData): { readonly uris: readonly string[]; readonly leftOut: number } {
  const list = URI_LISTS.map((type) => data.getData(type)).find((text) => text.trim() !== "") ?? "";
  const lines = list.split(/\r\n|\n|\r/).map((line) => line.trim());
  const uris = [...new Set(lines.filter((line) => line !== "" && !line.startsWith("#")))];
  return { uris: uris.slice(0, MAX_DROPPED_FILES), leftOut: Math.max(0, uris.length - MAX_DROPPED_FILES) };
}

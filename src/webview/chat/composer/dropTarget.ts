import { carriesFiles, readDroppedUris } from "./readDrop.ts";

export interface DropPorts {
  /** Something that can be attached is held over the page, or no longer. */
  readonly noteDragging: (isDragging: boolean) => void;
  readonly takeUris: (uris: readonly string[]) => void;
  /** Files whose place is not told, as other programs give them. */
  readonly takeFiles: (files: readonly File[]) => void;
  /** What could not be taken, in one sentence. */
  readonly tell: (sentence: string) => void;
}

/** Takes files that are dropped anywhere on the page, until the signal. VS Code lets them through while Shift is held. */
export function watchDrops(page: Window, ports: DropPorts, signal: AbortSignal): void {
  /** A link or marked text of the page itself is being moved. */
  let isOwn = false;
  const transferOf = ({ dataTransfer }: DragEvent): DataTransfer | undefined =>
    !isOwn && dataTransfer !== null && carriesFiles(dataTransfer) ? dataTransfer : undefined;
  const on = (
    type: "dragstart" | "dragend" | "dragover" | "dragleave" | "drop",
    listener: (event: DragEvent) => void,
  ): void => page.addEventListener(type, listener, { signal });

  on("dragstart", () => (isOwn = true));
  on("dragend", () => (isOwn = false));
  on("dragover", (event) => {
    const data = transferOf(event);
    if (data === undefined) return;
    event.preventDefault();
    data.dropEffect = "copy";
    ports.noteDragging(true);
  });
  on("dragleave", (event) => {
    // Only leaving the page has no place to go to.
    if (event.relatedTarget === null) ports.noteDragging(false);
  });
  on("drop", (event) => {
    ports.noteDragging(false);
    const data = transferOf(event);
    if (data === undefined) return;
    event.preventDefault();
    takeDrop(data, ports);
  });
}

function takeDrop(data: DataTransfer, { takeUris, takeFiles, tell }: DropPorts): void {
  const { uris, leftOut } = readDroppedUris(data);
  if (uris.length > 0) takeUris(uris);
  else takeFiles([...data.files]);
  if (leftOut === 0) return;
  tell(
    `One drop adds up to ${uris.length} files, so ${leftOut} were left out; nothing was sent. Drop them after these.`,
  );
}

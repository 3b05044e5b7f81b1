import type { AttachmentKind } from "../../../protocol/composerMessages.ts";

/** The class of the icon of a kind, of those in `iconStyles`. */
export function attachmentIcon(kind: AttachmentKind): string {
  switch (kind) {
    case "selection":
      return "icon-selection";
    case "file":
      return "icon-file";
    case "folder":
      return "icon-folder";
    case "symbol":
    case "nearby":
      return "icon-class";
    case "editors":
      return "icon-files";
    case "problems":
      return "icon-warning";
    case "diff":
      return "icon-diff";
    case "terminal":
      return "icon-terminal";
    case "instructions":
      return "icon-book";
    case "image":
      return "icon-image";
  }
}

import { builtInRule } from "../../../../core/context/builtInRules.ts";
import { describeKept } from "../../../../core/context/sendRule.ts";
import { readImage } from "./readImage.ts";
import type { NotAttached, PendingItem } from "./pendingItem.ts";

/** A picture that was pasted or dropped. What it is, its bytes say. */
export function imageItem(name: string, base64: string): PendingItem | NotAttached {
  const label = name.trim() === "" ? "Picture" : name;
  const rule = builtInRule(label);
  if (rule !== undefined) {
    const why = describeKept({ kind: "built-in", rule, isByLink: false });
    return { notice: `${label} ${why}, so it was not attached. Nothing was sent.` };
  }
  const bytes = Buffer.from(base64, "base64");
  const image = readImage({ bytes, base64: bytes.toString("base64") });
  if (image === undefined) {
    return { notice: `${label} is not a picture that can be sent, so it was not attached. Nothing was sent.` };
  }
  const size = image.width > 0 ? `, ${image.width} × ${image.height} pixels` : "";
  return {
    id: `image:${crypto.randomUUID()}`,
    kind: "image",
    rank: "mention",
    unit: "file",
    label,
    languageId: "",
    diagnostics: [],
    parts: [`a picture (${image.mimeType.replace("image/", "").toUpperCase()}${size})`],
    image,
  };
}

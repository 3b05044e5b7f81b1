import { type FromComposer, IMAGE_TYPES, MAX_IMAGE_BYTES } from "../../../protocol/composerMessages.ts";

type PastedImage = Extract<FromComposer, { type: "paste-image" }>;

/** Why a file that was pasted or dropped cannot be attached, in one sentence; `undefined` for an image that can. */
export function imageProblem({ name, type, size }: Pick<File, "name" | "type" | "size">): string | undefined {
  const label = name === "" ? "The image" : name;
  if (!type.startsWith("image/"))
    return `${name === "" ? "The file" : name} was given without its place, so it was not attached; nothing was sent. Drop it from the editor's explorer, or name it with @.`;
  if (typeOf(type) === undefined)
    return `${label} is not a PNG, JPEG, WebP or GIF image, so it was not attached; nothing was sent.`;
  if (size > MAX_IMAGE_BYTES)
    return `${label} is larger than ${MAX_IMAGE_BYTES / 1024 ** 2} MB, so it was not attached; nothing was sent. Try a smaller one.`;
  return undefined;
}

/** Reads an image that has no problem, as it travels to the host. */
export async function readImage(file: File): Promise<PastedImage | undefined> {
  const mimeType = typeOf(file.type);
  if (mimeType === undefined) return undefined;
  const base64 = (await readAsDataUrl(file)).replace(/^[^,]*,/, "");
  return base64 === "" ? undefined : { type: "paste-image", name: file.name, mimeType, base64 };
}

function typeOf(type: string): PastedImage["mimeType"] | undefined {
  return IMAGE_TYPES.find((known) => known === type);
}

function readAsDataUrl(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => resolve(typeof reader.result === "string" ? reader.result : ""));
    reader.addEventListener("error", () => reject(reader.error ?? new Error("An image could not be read.")));
    reader.readAsDataURL(file);
  });
}

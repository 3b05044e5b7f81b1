import { GIF } from "image-size/types/gif";
import { JPG } from "image-size/types/jpg";
import { PNG } from "image-size/types/png";
import { WEBP } from "image-size/types/webp";
import {
  IMAGE_TYPES,
  MAX_IMAGE_BYTES,
  type ImageType,
  type MessageImage,
} from "../../../../core/conversation/messageImage.ts";

/** The same bytes twice. */
export interface EncodedBytes {
  readonly bytes: Uint8Array;
  readonly base64: string;
}

const READERS: Readonly<Record<ImageType, typeof PNG>> = {
  "image/png": PNG,
  "image/jpeg": JPG,
  "image/webp": WEBP,
  "image/gif": GIF,
};

/** The picture in the bytes, by what they hold and not by their name; `undefined` for anything that cannot be sent. */
export function readImage({ bytes, base64 }: EncodedBytes): MessageImage | undefined {
  if (bytes.byteLength > MAX_IMAGE_BYTES) return undefined;
  for (const mimeType of IMAGE_TYPES) {
    const reader = READERS[mimeType];
    if (!isReadable(() => reader.validate(bytes))) continue;
    return { mimeType, base64, ...sizeOf(() => reader.calculate(bytes)) };
  }
  return undefined;
}

/** Readers throw at a picture that is cut off. */
function isReadable(validate: () => boolean): boolean {
  try {
    return validate();
  } catch {
    return false;
  }
}

function sizeOf(calculate: () => { width: number; height: number }): { width: number; height: number } {
  try {
    const { width, height } = calculate();
    return { width, height };
  } catch {
    return { width: 0, height: 0 };
  }
}

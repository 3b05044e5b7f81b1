/** The kinds of picture that a chat request takes. Source: OpenRouter, content part `image_url`. */
export const IMAGE_TYPES = ["image/png", "image/jpeg", "image/webp", "image/gif"] as const;

/** Larger pictures are refused: some providers take no more, and each is sent again with every question that follows. */
export const MAX_IMAGE_BYTES = 4 * 1024 * 1024;

export type ImageType = (typeof IMAGE_TYPES)[number];

/** A picture that goes along with a message. */
export interface MessageImage {
  readonly mimeType: ImageType;
  readonly base64: string;
  /** In pixels, read from the picture itself; 0 where it does not say. */
  readonly width: number;
  readonly height: number;
}

/** How many tokens a picture is. */
export interface ImageTokens {
  /** About what most models count. */
  readonly expected: number;
  /** What a reservation counts with. */
  readonly atMost: number;
}

/** Models that cut a picture into pieces count one token for 256 (16 × 16) to about 800 pixels. */
const FEWEST_PIXELS_PER_TOKEN = 256;
const USUAL_PIXELS_PER_TOKEN = 750;
/** Larger pictures are made smaller by the provider; the dearest known takes 16,384 tokens. */
const MOST_TOKENS = 16_384;
const USUAL_MOST_TOKENS = 1_600;
/** Some models take the same for every picture, also for a tiny one. */
const LEAST_TOKENS = 3_000;
const USUAL_LEAST_TOKENS = 260;

export function imageTokens({ width, height }: Pick<MessageImage, "width" | "height">): ImageTokens {
  const pixels = width * height;
  if (pixels <= 0) return { expected: USUAL_MOST_TOKENS, atMost: MOST_TOKENS };
  return {
    expected: between(USUAL_LEAST_TOKENS, Math.ceil(pixels / USUAL_PIXELS_PER_TOKEN), USUAL_MOST_TOKENS),
    atMost: between(LEAST_TOKENS, Math.ceil(pixels / FEWEST_PIXELS_PER_TOKEN), MOST_TOKENS),
  };
}

function between(least: number, value: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}

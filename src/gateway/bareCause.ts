const MAX_DEPTH = 8;
const PLAIN_WORD = /^[\w.-]{1,64}$/;
const PLACE = /^ {4}at [\w.#<> ()[\]:/\\@$+-]+$/;

/**
 * What a transport threw, as far as it may be kept: names, codes and places in the code. Messages and other properties are
 * left behind, because they quote what was sent or came back: `Headers.append: "Bearer …" is an invalid header value`
 * (Node's fetch), `HTTPParserError.data` (undici), `rawPacket` (Node's http).
 */
export function bareCause(error: unknown): Error {
  return strip(error, 0);
}

function strip(error: unknown, depth: number): Error {
  if (!(error instanceof Error) || depth >= MAX_DEPTH) return new Error();
  const inner: unknown = error instanceof AggregateError ? error.errors[0] : error.cause;
  const bare = inner === undefined ? new Error() : new Error("", { cause: strip(inner, depth + 1) });
  const code = "code" in error ? String(error.code) : "";
  if (PLAIN_WORD.test(code)) Object.assign(bare, { code });
  bare.name = PLAIN_WORD.test(error.name) ? error.name : "Error";
  bare.stack = [bare.name, ...placesOf(error)].join("\n");
  return bare;
}

/** The lines of the stack below the message, which may hold anything. */
function placesOf({ stack = "", message }: Error): readonly string[] {
  const start = stack.indexOf(message);
  const below = start < 0 ? stack : stack.slice(start + message.length);
  return below.split("\n").filter((line) => PLACE.test(line));
}

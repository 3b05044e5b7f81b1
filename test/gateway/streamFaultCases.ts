import type { RequestTimeouts } from "../../src/gateway/requestTimers.ts";
import type { SingleFault } from "../simulator/faults/fault.ts";
import { DONE, deltaFrame, frame } from "./streamReading.ts";

/** What the model says. */
export const CONTENT = "one two three four five six seven eight nine ten".repeat(3);
/** Where the middle is, in pieces of three tokens. */
export const MIDDLE = 3;

/** One request that meets faults, and how it must end. */
export interface FaultCase {
  readonly name: string;
  readonly faults: readonly SingleFault[];
  /** Text that must have come through. */
  readonly text?: string;
  /** The exact end: an error code, or `finish`. Without it, any error of the gateway or a good finish. */
  readonly end?: string;
  readonly timeouts?: RequestTimeouts;
}

/** Where in an answer a fault strikes. */
export const FAULT_PLACES = ["before the first byte", "in mid-stream", "after the finish"] as const;
export type FaultPlace = (typeof FAULT_PLACES)[number];

/** What comes before a fault, and after how many pieces. */
export function startOf(place: FaultPlace): readonly [string, number] {
  switch (place) {
    case "before the first byte":
      return ["", 0];
    case "in mid-stream":
      return ["", MIDDLE];
    case "after the finish":
      return [deltaFrame({ content: "" }, "stop"), MIDDLE];
  }
}

/** Every fault of a stream at this place; text of earlier pieces must come through. */
export function streamCases(place: FaultPlace, firstText: string): readonly FaultCase[] {
  const [before, afterChunks] = startOf(place);
  const text = afterChunks === 0 ? "" : firstText;
  const finish: readonly SingleFault[] = before === "" ? [] : [{ kind: "garbage", afterChunks, frame: before }];
  const frames = (name: string, raw: string, end?: string): FaultCase => ({
    name: `${name} ${place}`,
    text,
    faults: [{ kind: "garbage", afterChunks, frame: before + raw }],
    ...(end !== undefined && { end }),
  });
  const breakage = (fault: SingleFault, end: string): FaultCase => ({
    name: `${JSON.stringify(fault)} ${place}`,
    text,
    faults: [...finish, fault],
    end,
  });
  const garbage = 'data: {"choices":[{"delta":\n\n';
  return [
    breakage({ kind: "cut", afterChunks }, "network"),
    breakage({ kind: "end-early", afterChunks }, before === "" ? "incomplete" : "finish"),
    ...([429, 502, 402, 599, "server_error", "rate_limit_exceeded", ""] as const).map((code): FaultCase => {
      const fault: SingleFault = { kind: "stream-error", afterChunks, code };
      return { name: `error ${code} ${place}`, text, faults: [...finish, fault] };
    }),
    frames("one garbage frame", garbage, "finish"),
    frames("two garbage frames", garbage.repeat(2), "finish"),
    frames("three garbage frames", garbage.repeat(3), "protocol"),
    frames("garbage and end", `${garbage}${DONE}`, before === "" ? "incomplete" : "finish"),
    frames("early end mark", DONE, before === "" ? "incomplete" : "finish"),
    frames("bytes of no form", "\uFFFD\0\u{1F600}\n\r\r\n:\n\nretry: x\nid\ndata\n\n", "finish"),
    ...ERROR_FRAMES.map((value) => frames(JSON.stringify(value), frame(value))),
    ...(["no-done", "usage-missing"] as const).map((kind): FaultCase => ({
      name: kind,
      text: CONTENT,
      faults: [{ kind }],
      end: "finish",
    })),
    { name: "no finish reason", text: CONTENT, faults: [{ kind: "no-finish-reason" }], end: "incomplete" },
    { name: "negative usage", text: CONTENT, faults: [{ kind: "usage-multiplied", factor: -1 }], end: "finish" },
  ];
}

/** Frames with a field of the wrong type, or without it, at this place: none of them may cost the answer. */
export function oddFrameCases(place: FaultPlace, firstText: string): readonly FaultCase[] {
  const [before, afterChunks] = startOf(place);
  return ODD_FRAMES.map((value) => ({
    name: `${JSON.stringify(value)} ${place}`,
    text: afterChunks === 0 ? "" : firstText,
    faults: [{ kind: "garbage", afterChunks, frame: before + frame(value) }],
    end: "finish",
  }));
}

const WRONG = [null, 0, -1.5, true, "x", [], [null], {}, { a: 1 }] as const;

const ODD_FRAMES: readonly unknown[] = [
  {},
  { choices: null },
  { choices: [] },
  { choices: [{}] },
  { choices: [{ delta: null }] },
  { choices: [{ delta: {} }, { delta: {} }] },
  ...["id", "model", "provider", "choices", "usage", "object", "new_field", "service_tier"].flatMap((field) =>
    WRONG.map((value) => ({ [field]: value })),
  ),
  ...["reasoning", "refusal", "tool_calls", "images", "annotations", "audio", "reasoning_details", "role"].flatMap(
    (field) => WRONG.map((value) => ({ choices: [{ delta: { [field]: value } }] })),
  ),
  ...["prompt_tokens", "cost", "cost_details", "prompt_tokens_details", "is_byok"].flatMap((field) =>
    WRONG.map((value) => ({ choices: [], usage: { [field]: value } })),
  ),
];

const ERROR_FRAMES: readonly unknown[] = [
  { error: "text" },
  { error: {} },
  { error: [] },
  { error: { code: null, message: null } },
  { error: { code: {}, message: [] } },
  { error: { code: "502", message: "x", metadata: 3 } },
  { error: { code: 429, message: "x", metadata: { error_type: "rate_limit_exceeded" } } },
  { choices: [{ delta: {}, finish_reason: "error" }] },
  { choices: [{ delta: {}, finish_reason: "error", error: { code: 502, message: "x" } }] },
  { object: "error", message: "x", code: 400 },
];

/** Every status with every shape of body. */
export function statusCases(): readonly FaultCase[] {
  const statuses = [
    200, 204, 299, 400, 401, 402, 403, 404, 405, 408, 409, 413, 418, 422, 429, 451, 499, 500, 501, 502, 503, 504, 520,
    524, 529, 599,
  ];
  const bodies: readonly unknown[] = [
    ...ERROR_FRAMES.slice(0, 8),
    { error: { code: 400, message: "x", metadata: { raw: "{", provider_name: 3 } }, user_id: "u" },
    { detail: [{ loc: ["body"], msg: "x" }] },
    { message: "x" },
    [{ error: { code: 400, message: "x", status: "INVALID" } }],
    {},
    [],
    "text",
    null,
  ];
  return statuses.flatMap((status) => [
    { name: `${status} page`, faults: [{ kind: "html", status }] },
    ...bodies.map((body): FaultCase => ({
      name: `${status} ${JSON.stringify(body)}`,
      faults: [{ kind: "http", status, body }],
    })),
  ]);
}

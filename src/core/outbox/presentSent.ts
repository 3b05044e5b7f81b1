import { fenced } from "../conversation/buildMessages.ts";
import { countOf } from "../spend/countOf.ts";
import { describeDemand } from "../privacy/privacyObstacle.ts";
import { plainMarkdown, tableRow } from "../text/markdownTable.ts";
import { groupDigits } from "../text/groupDigits.ts";
import type { SentItem, SentRequest } from "./sentRequest.ts";

/** A request in three short texts, for a list. */
export interface PresentedSent {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
}

const NAMED_ITEMS = 4;

export function presentSent(sent: SentRequest, formatTime: (atMs: number) => string): PresentedSent {
  const named = sent.items.filter(({ what }) => what !== OWN_WORDS);
  const more = named.length - NAMED_ITEMS;
  const items = [...named.slice(0, NAMED_ITEMS).map(describeItem), ...(more > 0 ? [`${more} more`] : [])];
  return {
    label: `${formatTime(sent.atMs)}  ${sent.models[0] ?? "no model"}`,
    description: `${formatBytes(sent.bytes)} to ${hostOf(sent.gatewayOrigin)}`,
    detail: `${sent.surface}, ${items.join(", ")} · ${describeAsked(sent)}`,
  };
}

/** All that is kept of a request, as a Markdown page. */
export function sentPage(sent: SentRequest, formatTime: (atMs: number) => string): string {
  const [asked = "none", ...others] = sent.models;
  const facts: readonly (readonly [string, string])[] = [
    ["When", formatTime(sent.atMs)],
    ["To", sent.gatewayOrigin],
    ["Key", sent.keyName],
    ["Model", asked],
    ...(others.length === 0 ? [] : [["May stand in", others.join(", ")] as const]),
    ["From", `${sent.surface} (${sent.taskType})`],
    ["Workspace", sent.workspace],
    ["Asked of providers", describeAsked(sent)],
    ...(sent.maskedSecrets === undefined ? [] : [["Masked", countOf(sent.maskedSecrets, "secret")] as const]),
    ["Whole request", `${groupDigits(sent.bytes)} bytes`],
    ["Turn", `${sent.turnId}, request ${sent.attempt} of it`],
  ];
  return [
    "# What Was Sent",
    table(["", ""], facts),
    "## What It Held",
    table(
      ["What", "Which", "Bytes"],
      sent.items.map(({ what, label, bytes }) => [what, label, groupDigits(bytes)]),
    ),
    "## The Text",
    sent.text === undefined ? NOT_KEPT : fenced("json", readable(sent.text)),
    "",
  ].join("\n\n");
}

const OWN_WORDS = "Waybill's own words";

const NOT_KEPT =
  "The text itself is not in this list; `waybill.outbox.keepText` keeps it from the next request on, on this machine only.";

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [tableRow(head), tableRow(head.map(() => "---")), ...rows.map((row) => tableRow(row.map(plainMarkdown)))].join(
    "\n",
  );
}

function describeItem({ what, label }: SentItem): string {
  if (what === "earlier messages") return `${label} earlier ${label === "1" ? "message" : "messages"}`;
  return label === "" ? what : label;
}

function describeAsked({ privacy, rules }: SentRequest): string {
  const { dataCollection, zdr, only, ignore = [] } = rules;
  const asked = describeDemand({
    profile: privacy,
    ...(dataCollection === "deny" ? { dataCollection } : {}),
    ...(zdr === true ? { zdr } : {}),
    ...(only === undefined ? {} : { onlyProviders: only }),
  });
  const parts = [asked, ignore.length === 0 ? "" : `not ${ignore.join(" or ")}`].filter((part) => part !== "");
  return parts.length === 0 ? "nothing asked of providers" : parts.join(", ");
}

/** Lines of their own, so that a long request can be read. */
function readable(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), undefined, 2);
  } catch {
    return body;
  }
}

function hostOf(origin: string): string {
  return origin.replace(/^https?:\/\//, "");
}

function formatBytes(bytes: number): string {
  if (bytes < 1_000) return `${bytes} bytes`;
  return bytes < 1_000_000 ? `${(bytes / 1_000).toFixed(1)} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

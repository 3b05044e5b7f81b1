import { type DailyLimit, type LimitScope, tightestLimits } from "../../core/budget/spendLimit.ts";
import { type NanoUsd, parseUsd } from "../../core/money/nanoUsd.ts";
import { ROUTING_PROFILES, type RoutePolicy, type RoutingProfile } from "../../core/routing/routePolicy.ts";
import { type TaskType, isTaskType } from "../../core/tasks/taskType.ts";
import { TRANSPORT_CHOICES, type TransportChoice } from "../../gateway/selectTransport.ts";
import { SETTINGS, type SettingKey } from "./contributions.ts";

/** A setting as the editor holds it. Only `workspace` comes from a repository. */
export interface RawSetting {
  readonly defaultValue: unknown;
  readonly userValue: unknown;
  readonly workspaceValue: unknown;
}

export type ReadRawSetting = (key: SettingKey) => RawSetting;

/** The person's settings, checked. */
export interface Settings {
  readonly gatewayUrl: URL | undefined;
  readonly transport: TransportChoice;
  readonly limits: readonly DailyLimit[];
  readonly policy: RoutePolicy;
  /** What made no sense, one entry a setting; the default is used there, or nothing is sent. */
  readonly invalid: readonly InvalidSetting[];
}

interface InvalidSetting {
  readonly key: SettingKey;
  /** What the value should have been, for instance `an amount in US dollars`. */
  readonly expected: string;
}

/** The one place where settings are read and checked. */
export function readSettings(read: ReadRawSetting): Settings {
  const invalid: InvalidSetting[] = [];
  const expect = <T>(key: SettingKey, expected: string, parse: (value: unknown) => T | undefined): T | undefined => {
    const { userValue, defaultValue } = read(key);
    const value = parse(userValue ?? defaultValue);
    if (value !== undefined) return value;
    invalid.push({ key, expected });
    return parse(defaultValue);
  };
  const expectLimits = (key: SettingKey, scope: LimitScope): readonly DailyLimit[] => {
    const { limits, isValid } = readLimits(read(key), scope);
    if (!isValid) invalid.push({ key, expected: "an amount in US dollars, or null" });
    return limits;
  };
  const gatewayUrl = parseGatewayUrl(read(SETTINGS.gatewayUrl).userValue ?? read(SETTINGS.gatewayUrl).defaultValue);
  if (gatewayUrl === undefined) invalid.push({ key: SETTINGS.gatewayUrl, expected: "a web address" });
  const profile = expect(SETTINGS.profile, `one of ${ROUTING_PROFILES.join(", ")}`, parseProfile);
  const transport = expect(SETTINGS.gatewayTransport, `one of ${TRANSPORT_CHOICES.join(", ")}`, parseTransport);
  const pins = expect(SETTINGS.pins, "model ids by task type", parsePins);
  const maxTokens = expect(SETTINGS.maxTokens, "a whole number from 256 to 65536", parseMaxTokens);
  return {
    gatewayUrl,
    transport: transport ?? "auto",
    limits: tightestLimits([
      ...expectLimits(SETTINGS.userPerDay, "user"),
      ...expectLimits(SETTINGS.workspacePerDay, "workspace"),
    ]),
    policy: { profile: profile ?? "balanced", pins: pins ?? {}, maxCompletionTokens: maxTokens ?? 4096 },
    invalid,
  };
}

/** The person's limit and the workspace's: the lower one will win. A limit that makes no sense falls back to the default. */
function readLimits(
  { defaultValue, userValue, workspaceValue }: RawSetting,
  scope: LimitScope,
): { limits: readonly DailyLimit[]; isValid: boolean } {
  const values = [userValue === undefined ? defaultValue : userValue, workspaceValue].filter(
    (value) => value !== undefined && value !== null,
  );
  const limits = values.map((value) => parseLimit(value) ?? parseLimit(defaultValue));
  return {
    isValid: values.every((value) => parseLimit(value) !== undefined),
    limits: limits.flatMap((limit) => (limit === undefined ? [] : [{ scope, limit }])),
  };
}

function parseLimit(value: unknown): NanoUsd | undefined {
  return typeof value === "number" && value >= 0 ? parseUsd(value) : undefined;
}

function parseGatewayUrl(value: unknown): URL | undefined {
  if (typeof value !== "string" || !URL.canParse(value)) return undefined;
  const url = new URL(value);
  const isWeb = url.protocol === "https:" || url.protocol === "http:";
  return isWeb && url.username === "" && url.password === "" && url.search === "" && url.hash === "" ? url : undefined;
}

function parseProfile(value: unknown): RoutingProfile | undefined {
  return ROUTING_PROFILES.find((profile) => profile === value);
}

function parseTransport(value: unknown): TransportChoice | undefined {
  return TRANSPORT_CHOICES.find((transport) => transport === value);
}

function parsePins(value: unknown): Partial<Record<TaskType, string>> | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const pins: Partial<Record<TaskType, string>> = {};
  for (const [taskType, modelId] of Object.entries(value)) {
    if (!isTaskType(taskType) || typeof modelId !== "string" || modelId === "") return undefined;
    pins[taskType] = modelId;
  }
  return pins;
}

function parseMaxTokens(value: unknown): number | undefined {
  return typeof value === "number" && Number.isInteger(value) && value >= 256 && value <= 65_536 ? value : undefined;
}

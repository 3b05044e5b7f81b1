import assert from "node:assert/strict";
import { existsSync, globSync, readFileSync } from "node:fs";
import { FALLBACK_MODES, REASONING_EFFORTS, ROUTING_PROFILES } from "../../src/core/routing/routePolicy.ts";
import { TASK_TYPES } from "../../src/core/tasks/taskType.ts";
import {
  CHAT_TAB,
  CHAT_VIEW,
  COMMENT_CONTROLLER,
  COMMANDS,
  CONTEXT_KEYS,
  EDITOR_MENU,
  PROPOSAL_SCHEME,
  SETTINGS,
} from "../../src/extension/platform/contributions.ts";
import { PROVIDER_CHOICES, PROVIDER_PROPERTIES } from "../../src/extension/platform/readProviderSetting.ts";
import { ENVIRONMENTS } from "../../src/extension/platform/readEnvironmentRules.ts";
import { GATEWAY_DIALECTS } from "../../src/gateway/gatewayDialect.ts";
import { TRANSPORT_CHOICES } from "../../src/gateway/selectTransport.ts";
import { readManifest } from "./manifest.ts";

const manifest = readManifest();
const { contributes } = manifest;
const commandIds = contributes.commands.map(({ command }) => command);

describe("the manifest and the code", () => {
  it("name the same commands", () => {
    assert.deepEqual(commandIds.toSorted(), Object.values(COMMANDS).toSorted());
  });

  it("name the same settings and views", () => {
    assert.deepEqual(Object.keys(contributes.configuration.properties).toSorted(), Object.values(SETTINGS).toSorted());
    assert.deepEqual(
      Object.values(contributes.views)
        .flat()
        .map(({ id }) => id),
      [CHAT_VIEW],
    );
  });

  it("offer the same choices", () => {
    const { properties } = contributes.configuration;
    assert.deepEqual(properties[SETTINGS.profile]?.enum, ROUTING_PROFILES);
    assert.deepEqual(properties[SETTINGS.gatewayTransport]?.enum, TRANSPORT_CHOICES);
    assert.deepEqual(properties[SETTINGS.gatewayDialect]?.enum, GATEWAY_DIALECTS);
    assert.deepEqual(properties[SETTINGS.fallback]?.enum, FALLBACK_MODES);
    assert.deepEqual(Object.keys(properties[SETTINGS.pins]?.properties ?? {}), TASK_TYPES);
    const providers = properties[SETTINGS.providers]?.properties ?? {};
    assert.deepEqual(Object.keys(providers), PROVIDER_PROPERTIES);
    assert.deepEqual(providers["sort"]?.enum, PROVIDER_CHOICES.sort);
    assert.deepEqual(providers["dataCollection"]?.enum, PROVIDER_CHOICES.dataCollection);
    assert.deepEqual(providers["quantizations"]?.items?.enum, PROVIDER_CHOICES.quantizations);
  });

  it("offer the same choices for how a model answers, and for environments", () => {
    const { properties } = contributes.configuration;
    assert.deepEqual(properties[SETTINGS.reasoningEffort]?.enum, [...REASONING_EFFORTS, null]);
    assert.deepEqual(properties[SETTINGS.environment]?.enum, [...ENVIRONMENTS, null]);
    assert.deepEqual(properties[SETTINGS.environments]?.propertyNames?.enum, ENVIRONMENTS);
  });

  it("describe every choice", () => {
    for (const [key, setting] of Object.entries(contributes.configuration.properties)) {
      assert.equal(setting.enumDescriptions?.length, setting.enum?.length, key);
    }
  });

  it("name in sentences only settings that exist", () => {
    for (const file of globSync("src/core/problems/*.ts")) {
      for (const [name] of readFileSync(file, "utf8").matchAll(/\bwaybill(\.[a-zA-Z]+)+/g)) {
        assert.ok(name in contributes.configuration.properties, `${file}: ${name}`);
      }
    }
    for (const { markdownDescription } of Object.values(contributes.configuration.properties)) {
      for (const [, name = ""] of markdownDescription.matchAll(/`#([^#]+)#`/g)) {
        assert.ok(name in contributes.configuration.properties, name);
      }
    }
  });

  it("use only menus, context keys and schemes that exist", () => {
    assert.deepEqual(
      contributes.submenus.map(({ id }) => id),
      [EDITOR_MENU],
    );
    assert.ok(EDITOR_MENU in contributes.menus);
    for (const { command, submenu, when } of Object.values(contributes.menus).flat()) {
      assert.ok(command === undefined ? submenu === EDITOR_MENU : commandIds.includes(command), command);
      for (const key of when.match(/waybill[\w.-]*/g) ?? []) {
        assert.ok(
          [CHAT_VIEW, CHAT_TAB, COMMENT_CONTROLLER, PROPOSAL_SCHEME, ...Object.values(CONTEXT_KEYS)].some(
            (known) => known === key,
          ),
          key,
        );
      }
    }
  });

  it("lead walkthroughs to commands and pages that exist", () => {
    for (const step of contributes.walkthroughs.flatMap(({ steps }) => steps)) {
      for (const [, id = ""] of step.description.matchAll(/command:([\w.]+)/g)) assert.ok(commandIds.includes(id), id);
      assert.ok(existsSync(new URL(`../../${step.media.markdown}`, import.meta.url)), step.media.markdown);
    }
  });

  it("let a workspace touch nothing but its own budget and policy, which can only tighten", () => {
    const inReach = Object.entries(contributes.configuration.properties)
      .filter(([, { scope }]) => scope !== "application" && scope !== "machine")
      .map(([key]) => key);
    assert.deepEqual(inReach, [
      SETTINGS.workspacePerDay,
      SETTINGS.workspacePerWeek,
      SETTINGS.workspacePerMonth,
      SETTINGS.perRequest,
      SETTINGS.perChat,
      SETTINGS.onExceed,
      SETTINGS.askAbove,
      SETTINGS.workspacePolicy,
    ]);
    const restricted = manifest.capabilities.untrustedWorkspaces.restrictedConfigurations;
    assert.deepEqual([...restricted, ...inReach].toSorted(), Object.values(SETTINGS).toSorted());
  });

  it("are built against exactly the oldest editor that is supported, with exact versions of everything", () => {
    assert.equal(manifest.engines.vscode, `^${manifest.devDependencies["@types/vscode"]}`);
    for (const version of Object.values({ ...manifest.devDependencies, ...manifest.optionalDependencies })) {
      assert.match(version, /^\d+\.\d+\.\d+$/);
    }
  });
});

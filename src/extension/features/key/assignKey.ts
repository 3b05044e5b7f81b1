import { ConfigurationTarget, workspace } from "vscode";
import { SETTINGS } from "../../platform/contributions.ts";
import { ENVIRONMENTS } from "../../platform/readEnvironmentRules.ts";
import { addressesOf } from "../../platform/settings.ts";

/** Where a key may be used by the person's own settings. */
export type KeyAssignment =
  | { readonly kind: "environment"; readonly environment: string; readonly label: string }
  | { readonly kind: "folders"; readonly patterns: readonly string[]; readonly label: string };

/** What a key of this name is most likely for: the environment of its name, else the folders that are open. */
export function assignmentFor(keyName: string): KeyAssignment | undefined {
  const environment = ENVIRONMENTS.find((name) => name === keyName);
  return environment === undefined
    ? assignments().find(({ kind }) => kind === "folders")
    : { kind: "environment", environment, label: labelOf(environment) };
}

/** Every place that a key can be used for here. */
export function assignments(): readonly KeyAssignment[] {
  const patterns = (workspace.workspaceFolders ?? []).flatMap(({ uri }) => addressesOf(uri).slice(0, 1));
  const label = patterns.length === 1 ? "Use for This Folder" : "Use for These Folders";
  return [
    ...(patterns.length === 0 ? [] : [{ kind: "folders" as const, patterns, label }]),
    ...ENVIRONMENTS.map((environment) => ({
      kind: "environment" as const,
      environment,
      label: labelOf(environment),
    })),
  ];
}

/** Writes it to the person's own settings, where no workspace can. */
export async function assignKey(keyName: string, assignment: KeyAssignment): Promise<void> {
  if (assignment.kind === "folders") {
    const keys = Object.fromEntries(assignment.patterns.map((pattern) => [pattern, keyName]));
    return writeOwn(SETTINGS.keysOfWorkspaces, (before) => ({ ...before, ...keys }));
  }
  const { environment } = assignment;
  return writeOwn(SETTINGS.environments, (before) => {
    const rules = before[environment];
    const kept = typeof rules === "object" ? rules : {};
    return { ...before, [environment]: { ...kept, key: keyName } };
  });
}

function labelOf(environment: string): string {
  return `Use for ${environment}`;
}

type Value = Readonly<Record<string, unknown>>;

async function writeOwn(setting: string, change: (before: Value) => Value): Promise<void> {
  const configuration = workspace.getConfiguration();
  const before = configuration.inspect<Value>(setting)?.globalValue ?? {};
  await configuration.update(setting, change(before), ConfigurationTarget.Global);
}

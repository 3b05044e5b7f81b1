import { ConfigurationTarget, ProgressLocation, type QuickPickItem, ThemeIcon, window, workspace } from "vscode";
import { isAborted } from "../../../core/errors/waybillError.ts";
import {
  LOCAL_SERVER_PLACES,
  type LocalServer,
  type LocalServerPlace,
  findLocalServers,
} from "../../../gateway/findLocalServers.ts";
import { selectTransport } from "../../../gateway/selectTransport.ts";
import { SETTINGS } from "../../platform/contributions.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";

const NAMED_MODELS = 3;
const UNDO = "Undo";
const OWN_MACHINE = new URL("http://127.0.0.1");

interface ServerItem extends QuickPickItem {
  readonly server: LocalServer;
}

/** Looks for model servers of this machine, only now that it is asked for, and puts the chosen one into the person's settings. */
export async function showLocalServers(
  services: ExtensionServices,
  places: readonly LocalServerPlace[] = LOCAL_SERVER_PLACES,
): Promise<void> {
  const servers = await findWithProgress(places);
  if (servers === undefined) return;
  if (servers.length === 0) {
    const looked = places.map(({ name, baseUrl }) => `${name} at ${new URL(baseUrl).port}`).join(", ");
    await window.showInformationMessage(
      `No model server answers on this machine (${looked}). Nothing but the question for a model list was sent, and nothing was changed; start one and look again.`,
    );
    return;
  }
  const inUse = services.settings().gatewayUrl?.href;
  const chosen = await window.showQuickPick(
    servers.map((server) => serverItem(server, inUse)),
    { title: "Waybill: Find Local Model Servers", placeHolder: "Which one is to be asked instead of your gateway?" },
  );
  if (chosen !== undefined) await useServer(chosen.server);
}

/** `undefined` when the person stopped it. */
function findWithProgress(places: readonly LocalServerPlace[]): Thenable<readonly LocalServer[] | undefined> {
  const title = "Looking for model servers on this machine…";
  const options = { location: ProgressLocation.Notification, title, cancellable: true };
  return window.withProgress(options, async (_progress, token) => {
    const abort = new AbortController();
    token.onCancellationRequested(() => abort.abort());
    const transport = selectTransport("direct", OWN_MACHINE);
    try {
      return await findLocalServers(transport.send, places, abort.signal);
    } catch (error) {
      if (isAborted(error)) return undefined;
      throw error;
    } finally {
      await transport.close();
    }
  });
}

function serverItem(server: LocalServer, inUse: string | undefined): ServerItem {
  const { name, baseUrl, models } = server;
  const named = models.slice(0, NAMED_MODELS).join(", ");
  const others = models.length > NAMED_MODELS ? ` and ${models.length - NAMED_MODELS} more` : "";
  const isUsed = inUse === new URL(baseUrl).href;
  return {
    server,
    label: name,
    description: isUsed ? `${baseUrl} · in use` : baseUrl,
    detail: models.length === 0 ? "Answers, but has no model yet." : `${named}${others}`,
    iconPath: new ThemeIcon("server"),
  };
}

/** The person's own settings, where no workspace can write. */
async function useServer({ name, baseUrl }: LocalServer): Promise<void> {
  const configuration = workspace.getConfiguration();
  const before: unknown = configuration.inspect(SETTINGS.gatewayUrl)?.globalValue;
  const write = (value: unknown) => configuration.update(SETTINGS.gatewayUrl, value, ConfigurationTarget.Global);
  await write(baseUrl);
  const choice = await window.showInformationMessage(
    `${name} on this machine is asked from now on. Your questions do not leave the machine for it, and it gets no key unless you enter one for it.`,
    UNDO,
  );
  if (choice === UNDO) await write(before);
}

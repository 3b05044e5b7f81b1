import { isKeyName } from "../../../core/keys/keyName.ts";
import { COMMANDS } from "../../platform/contributions.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import type { CommandTable } from "../../platform/registerCommands.ts";

/** Getting a key by signing in. Loaded with the first use; the next sign-in ends the one before it. */
export function startSignIn(services: ExtensionServices): CommandTable {
  let running: AbortController | undefined;
  services.disposables.add({ dispose: () => running?.abort() });
  return {
    [COMMANDS.signIn]: async (keyName) => {
      running?.abort();
      running = new AbortController();
      const { signal } = running;
      const { signIn } = await import("../../commandParts.ts");
      await signIn(services, { signal, ...(isKeyName(keyName) ? { keyName } : {}) });
    },
  };
}

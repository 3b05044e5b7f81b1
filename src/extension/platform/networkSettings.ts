import { workspace } from "vscode";
import { type ProxySettings, parseProxySettings } from "../../gateway/proxySettings.ts";

/** VS Code's `http.*` settings as they are now. A workspace's own values are not read: no repository chooses a proxy. */
export function currentNetworkSettings(): ProxySettings {
  const configuration = workspace.getConfiguration("http");
  return parseProxySettings((name) => {
    const inspected = configuration.inspect(name);
    return inspected?.globalValue ?? inspected?.defaultValue;
  });
}

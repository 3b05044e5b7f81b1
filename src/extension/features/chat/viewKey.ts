import { DEFAULT_KEY_NAME } from "../../../core/keys/keyName.ts";
import { isLoopback } from "../../../gateway/isLoopback.ts";
import type { ChatViewState } from "../../../protocol/chatMessages.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";

/** What the chat view shows of the key that is chosen here. A gateway on this machine needs none, unless one is named. */
export async function viewKey({
  settings,
  keys,
}: ExtensionServices): Promise<Pick<ChatViewState, "keyState" | "keyName">> {
  const { gatewayUrl, keyChoice } = settings();
  if (gatewayUrl === undefined) return { keyState: "none" };
  if (keyChoice.kind === "unclear") return { keyState: "unclear" };
  const { name } = keyChoice;
  const state = await keys.state({ origin: gatewayUrl.origin, name });
  if (name !== DEFAULT_KEY_NAME) return { keyState: state, keyName: name };
  return { keyState: state === "none" && isLoopback(gatewayUrl.hostname) ? "not-needed" : state };
}

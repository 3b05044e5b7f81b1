import type { CodeContext } from "../../../core/conversation/conversationMessage.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import type { TargetCode } from "./targetCode.ts";

/** Somebody has clicked and waits; what the language server does not tell by then is left out. */
const WITHIN_MS = 500;

/** How what the code uses is defined elsewhere in the workspace, as it goes along with questions of the chat. None where that is not wanted. */
export async function nearbyOf(
  { settings }: Pick<ExtensionServices, "settings">,
  { document, range }: TargetCode,
): Promise<readonly CodeContext[]> {
  if (!settings().sendsNearby) return [];
  const { nearbyCode } = await import("../../contextParts.ts");
  return nearbyCode({ document, range }, WITHIN_MS);
}

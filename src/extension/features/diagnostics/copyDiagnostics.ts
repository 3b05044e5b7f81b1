import { env, window } from "vscode";
import { presentDiagnostics } from "../../../core/diagnostics/presentDiagnostics.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import type { MarkdownPage } from "../../platform/markdownPage.ts";
import { collectDiagnostics } from "./collectDiagnostics.ts";

const COPY = "Copy";
const COPIED_FOR_MS = 4_000;

/** Shows the report and copies it, as it is shown, when the person says so. Sends nothing. */
export async function copyDiagnostics(services: ExtensionServices, page: MarkdownPage): Promise<void> {
  const text = services.log.redact(presentDiagnostics(await collectDiagnostics(services)));
  await page.show(text);
  const choice = await window.showInformationMessage(
    "These diagnostics hold no text, path, address, amount or key; nothing was sent. Read them, then copy them if you like.",
    COPY,
  );
  if (choice !== COPY) return;
  await env.clipboard.writeText(text);
  window.setStatusBarMessage("$(check) Waybill: copied", COPIED_FOR_MS);
}

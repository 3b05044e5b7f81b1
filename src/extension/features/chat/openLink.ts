import { Uri, env, window } from "vscode";

/** Opens a link that a person clicked: web addresses only, and only after the whole address was shown. */
export async function openLink(href: string): Promise<void> {
  const url = URL.canParse(href) ? new URL(href) : undefined;
  if (url === undefined || !isOpenable(url)) {
    await window.showWarningMessage("Waybill opens web addresses only; this link is not one. Nothing was opened.");
    return;
  }
  const choice = await window.showInformationMessage(
    "Open this web address?",
    { modal: true, detail: url.href },
    "Open",
  );
  if (choice === "Open") await env.openExternal(Uri.parse(url.href, true));
}

function isOpenable(url: URL): boolean {
  return (url.protocol === "https:" || url.protocol === "http:") && url.username === "" && url.password === "";
}

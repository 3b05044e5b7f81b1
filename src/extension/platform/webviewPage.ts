import { type Uri, type Webview, Uri as UriClass } from "vscode";

/** Where the view's files are; nothing else can be loaded. */
export function webviewRoots(extensionUri: Uri): readonly Uri[] {
  return [UriClass.joinPath(extensionUri, "dist", "webview"), UriClass.joinPath(extensionUri, "media")];
}

/** One of our views: its script bears its name, and so does its element. */
export interface ViewOfOurs {
  readonly name: "chat" | "routing" | "spending";
  readonly title: string;
  /** A page in the side bar and one in an editor tab stand on other colours. */
  readonly style: "chat" | "chatTab" | "tab";
}

/** The page of a view. Its policy lets it load our files and nothing from anywhere else. */
export function webviewPage(webview: Webview, extensionUri: Uri, { name, title, style }: ViewOfOurs): string {
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(24))).toString("base64");
  const asset = (...path: string[]) => webview.asWebviewUri(UriClass.joinPath(extensionUri, ...path)).toString();
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy(nonce, webview.cspSource)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${asset("media", "icons.css")}">
<link rel="stylesheet" href="${asset("media", `${style}.css`)}">
<title>${title}</title>
</head>
<body>
<waybill-${name}></waybill-${name}>
<script type="module" nonce="${nonce}" src="${asset("dist", "webview", `${name}.js`)}"></script>
</body>
</html>`;
}

/** `base-uri` and `form-action` do not fall back to `default-src`, so they are written out. */
function contentSecurityPolicy(nonce: string, cspSource: string): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource}`,
    `font-src ${cspSource}`,
    `img-src ${cspSource}`,
    "connect-src 'none'",
    "frame-src 'none'",
    "media-src 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

import { join } from "node:path";
import { build } from "esbuild";
import { outputFolder, repositoryFolder } from "../../setup/repositoryFolders.ts";
import { type PageServer, servePages } from "../pageServer.ts";

/** The ways to show a growing answer that are compared. */
export type Way = "waybill" | "react" | "markdown-it";

/** The built chat view, and the page of the peers, on loopback. */
export async function serveBenchPages(): Promise<PageServer> {
  const outfile = join(outputFolder, "bench", "peer.js");
  await build({
    entryPoints: [join(repositoryFolder, "test", "bench", "chat", "peerPage.ts")],
    outfile,
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    define: { "process.env.NODE_ENV": '"production"' },
    logLevel: "warning",
  });
  return await servePages({
    "/waybill": page(
      `<link rel="stylesheet" href="/media/icons.css"><link rel="stylesheet" href="/media/chat.css">`,
      `<waybill-chat></waybill-chat><script type="module" src="/dist/webview/chat.js"></script>`,
    ),
    "/peer": page(
      "<style>body { margin: 0 } main { height: 100vh; overflow-y: auto }</style>",
      `<main></main><script type="module" src="/peer.js"></script>`,
    ),
    "/peer.js": outfile,
  });
}

function page(head: string, body: string): string {
  return `<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>Bench</title>${head}</head><body>${body}</body></html>`;
}

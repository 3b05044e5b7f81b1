import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, isAbsolute, join, normalize } from "node:path";
import { stagedExtensionFolder } from "../setup/repositoryFolders.ts";

/** Pages of a bench on loopback, beside the files of the built extension. */
export interface PageServer {
  readonly origin: string;
  close(): void;
}

const TYPES: Readonly<Record<string, string>> = { ".js": "text/javascript", ".css": "text/css", ".ttf": "font/ttf" };

/** Serves each page under its path: HTML, or the absolute path of a file. Any other path is one of the extension's files. */
export async function servePages(pages: Readonly<Record<string, string>>): Promise<PageServer> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const page = pages[pathname];
    if (page !== undefined && !isAbsolute(page)) return void response.setHeader("content-type", "text/html").end(page);
    const file = page ?? join(stagedExtensionFolder, normalize(pathname));
    readFile(file).then(
      (content) => response.setHeader("content-type", TYPES[extname(file)] ?? "text/plain").end(content),
      () => response.writeHead(404).end(),
    );
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  return { origin: `http://127.0.0.1:${port}`, close: () => server.close() };
}

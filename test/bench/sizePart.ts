import { rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { outputFolder, repositoryFolder } from "../setup/repositoryFolders.ts";
import { runToEnd } from "../setup/runToEnd.ts";
import type { BenchReport } from "./benchReport.ts";
import { type BundleOutputs, bytesOf, readBundleOutputs, staticClosure } from "./bundleOutputs.ts";
import type { Figure } from "./figure.ts";

const ACTIVATION_BYTES = 150_000;
const FIRST_TURN_BYTES = 400_000;
const PACKAGE_BYTES = 1_000_000;

/** Bytes loaded at activation, before the first turn and by the page, and of the package. Needs a build. */
export async function measureSize(): Promise<BenchReport> {
  const { extension, webviews } = await readBundleOutputs(join(outputFolder, "metafile.json"));
  return {
    figures: [
      ...extensionFigures(extension),
      ...webviewFigures(webviews),
      { what: "VSIX", value: await packageBytes(), unit: "bytes", below: PACKAGE_BYTES },
    ],
    notes: [
      "Bytes are those of the minified files: an entry with every chunk it imports statically, directly or not.",
      "The direct transport (undici) is loaded only for a gateway on this machine, with its first request.",
    ],
  };
}

function extensionFigures(outputs: BundleOutputs): Figure[] {
  const activation = staticClosure(outputs, "src/extension/extension.ts");
  const firstTurn = new Set([...activation, ...staticClosure(outputs, "src/extension/lateParts.ts")]);
  const chatPanel = [...staticClosure(outputs, "src/extension/chatParts.ts")];
  const directTransport = [...staticClosure(outputs, "src/gateway/directTransport.ts")];
  const direct = directTransport.filter((path) => !firstTurn.has(path));
  return [
    {
      what: "Loaded at activation",
      value: bytesOf(outputs, activation),
      unit: "bytes",
      below: ACTIVATION_BYTES,
    },
    {
      what: "Loaded before the first turn, activation included",
      value: bytesOf(outputs, firstTurn),
      unit: "bytes",
      below: FIRST_TURN_BYTES,
    },
    { what: "Chat panel, loaded with its view, on top of that", value: bytesOf(outputs, chatPanel), unit: "bytes" },
    { what: "Direct transport, on top of that", value: bytesOf(outputs, direct), unit: "bytes" },
  ];
}

function webviewFigures(outputs: BundleOutputs): Figure[] {
  const entry = staticClosure(outputs, "src/webview/chat/main.ts");
  const routing = staticClosure(outputs, "src/webview/routing/main.ts");
  const spending = staticClosure(outputs, "src/webview/spending/main.ts");
  const bars = staticClosure(outputs, "src/webview/spending/drawBars.ts");
  const ofOthers = new Set([...routing, ...spending, ...bars]);
  const late = Object.keys(outputs).filter((path) => !entry.has(path) && !ofOthers.has(path));
  return [
    { what: "Chat page, loaded at once", value: bytesOf(outputs, entry), unit: "bytes" },
    { what: "Chat page, loaded late (Markdown, colours)", value: bytesOf(outputs, late), unit: "bytes" },
    { what: "Routing page", value: bytesOf(outputs, routing), unit: "bytes" },
    { what: "Page of spending, loaded at once", value: bytesOf(outputs, spending), unit: "bytes" },
    { what: "… its chart, loaded late", value: bytesOf(outputs, bars), unit: "bytes" },
  ];
}

/** The check packs first, so the file is there even when it has something to complain about. */
async function packageBytes(): Promise<number> {
  const packageFile = join(outputFolder, "waybill.vsix");
  await rm(packageFile, { force: true });
  const checkFile = join(repositoryFolder, "test", "setup", "checkPackage.ts");
  const { output } = await runToEnd(process.execPath, [checkFile], { workingFolder: repositoryFolder });
  const file = await stat(packageFile).catch((error: unknown) => {
    throw new Error(`The package could not be made.\n${output}`, { cause: error });
  });
  return file.size;
}

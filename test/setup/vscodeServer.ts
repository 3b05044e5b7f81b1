import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "./freePort.ts";
import { type PrintedText, describeLoggedSecrets, findLoggedSecrets, hasHostLog } from "./loggedSecrets.ts";
import type { OutsideAttempt } from "./outsideAttempts.ts";
import { type ProcessTree, startProcessTree } from "./processTree.ts";
import { type RecordingProxy, startRecordingProxy } from "./recordingProxy.ts";
import { ensureVscodeServer } from "./vscodeServerInstall.ts";
import type { VscodeSettings } from "./vscodeSettings.ts";

const START_TIMEOUT_MS = 60_000;

/** What a server is started with. */
export interface VscodeServerOptions {
  /** User settings, in force from the first moment. */
  readonly settings: VscodeSettings;
  /** Extra variables; they reach the extension host. */
  readonly environment?: NodeJS.ProcessEnv;
  /** Where user settings and state live. Absent: a temporary folder that `close` removes. */
  readonly dataFolder?: string;
  /** Taken if it is free, so that the browser finds its own storage again. */
  readonly preferredPort?: number;
  /** Lets the extension host reach other machines, for a person who works with a real gateway. */
  readonly isOutsideAllowed?: boolean;
}

/** A running server of VS Code on loopback. */
export interface VscodeServer {
  readonly port: number;
  readonly origin: string;
  /** Where the extensions of this server keep their files. */
  readonly globalStorageFolder: string;
  /** What server and extension hosts tried to reach outside so far. All of it was refused. */
  outsideAttempts(): Promise<OutsideAttempt[]>;
  /** Replaces the user settings; open windows take them over. */
  writeSettings(settings: VscodeSettings): Promise<void>;
  /** What the server printed so far, for a failure message. */
  output(): string;
  /** Keeps a line that a page wrote to its console, to be searched for secrets with the rest. */
  noteConsole(line: string): void;
  /**
   * Ends the server with all its extension hosts, and removes the temporary data. Rejects when a key, an account id, a
   * question or an answer was logged; a person's own data is not looked at.
   */
  close(): Promise<void>;
}

/** Starts VS Code's server (installing it first if needed) and waits until it listens. */
export async function startVscodeServer(options: VscodeServerOptions): Promise<VscodeServer> {
  const vscodeFolder = await ensureVscodeServer();
  const temporaryFolder = await mkdtemp(join(tmpdir(), "waybill-vscode-"));
  const dataFolder = options.dataFolder ?? join(temporaryFolder, "server");
  const outsideLog = join(temporaryFolder, "outside.log");
  await writeFile(outsideLog, "");
  await writeUserSettings(dataFolder, options.settings);
  const proxy = await startRecordingProxy();
  const port = await freePort(options.preferredPort);
  const tree = startProcessTree(process.execPath, serverParameters(vscodeFolder, dataFolder, port, options), {
    env: serverEnvironment(options, proxy, outsideLog),
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output = collectOutput(tree);
  const consoleLines: string[] = [];
  const end = async (): Promise<void> => {
    await tree.end();
    await proxy.close();
  };
  const remove = async (): Promise<void> => rm(temporaryFolder, { recursive: true, force: true, maxRetries: 5 });
  const close = async (): Promise<void> => {
    await end();
    try {
      if (options.dataFolder !== undefined) return;
      await assertNothingLogged(dataFolder, [
        { place: "output of the server", text: output.join("") },
        { place: "console of the pages", text: consoleLines.join("\n") },
      ]);
    } finally {
      await remove();
    }
  };
  try {
    await untilListening(tree, output);
  } catch (error) {
    await end();
    await remove();
    throw error;
  }
  return {
    port,
    origin: `http://127.0.0.1:${port}`,
    globalStorageFolder: join(dataFolder, "data", "User", "globalStorage"),
    outsideAttempts: async () => [...proxy.attempts, ...(await readAttempts(outsideLog))],
    writeSettings: async (settings) => await writeUserSettings(dataFolder, settings),
    output: () => output.join(""),
    noteConsole: (line) => void consoleLines.push(line),
    close,
  };
}

async function assertNothingLogged(dataFolder: string, printed: readonly PrintedText[]): Promise<void> {
  const found = await findLoggedSecrets(dataFolder, printed);
  if (found.length > 0) throw new Error(describeLoggedSecrets(found));
  const hasRunHost = printed.some(({ text }) => text.includes("Launched Extension Host Process"));
  if (hasRunHost && !(await hasHostLog(dataFolder))) {
    throw new Error("VS Code wrote no log, so it cannot be said that nothing secret was logged.");
  }
}

function serverParameters(
  vscodeFolder: string,
  dataFolder: string,
  port: number,
  { isOutsideAllowed }: VscodeServerOptions,
): string[] {
  const guard = new URL("refuseOutside.mjs", import.meta.url).href;
  const logWriter = new URL("writeLogs.mjs", import.meta.url).href;
  return [
    ...(isOutsideAllowed === true ? [] : ["--import", guard]),
    ...["--import", logWriter],
    join(vscodeFolder, "out", "server-main.js"),
    ...["--host", "127.0.0.1", "--port", String(port), "--without-connection-token"],
    "--accept-server-license-terms",
    ...["--server-data-dir", dataFolder],
    "--disable-telemetry",
    "--disable-experiments",
    "--force-disable-user-env",
    // The workbench takes development extensions from its address only with this.
    "--enable-smoke-test-driver",
    "--reconnection-grace-time=30",
    // On one machine it saves nothing.
    "--disable-websocket-compression",
  ];
}

function serverEnvironment(
  { environment, isOutsideAllowed }: VscodeServerOptions,
  proxy: RecordingProxy,
  outsideLog: string,
): NodeJS.ProcessEnv {
  const gallery = { EXTENSIONS_GALLERY: "{}" };
  if (isOutsideAllowed === true) return { ...process.env, ...gallery, ...environment };
  const proxyVariables = ["HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"].map((name) => [
    name,
    proxy.address,
  ]);
  const loopback = "127.0.0.1,localhost,::1";
  return {
    ...process.env,
    ...gallery,
    ...Object.fromEntries(proxyVariables),
    NO_PROXY: loopback,
    no_proxy: loopback,
    WAYBILL_OUTSIDE_LOG: outsideLog,
    ...environment,
  };
}

function collectOutput({ child }: ProcessTree): string[] {
  const output: string[] = [];
  child.stdout?.on("data", (chunk: Buffer) => output.push(chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => output.push(chunk.toString()));
  return output;
}

async function untilListening({ child }: ProcessTree, output: readonly string[]): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const fail = (what: string): void => reject(new Error(`VS Code's server ${what}:\n${output.join("")}`));
    const timer = setTimeout(() => fail(`did not start within ${START_TIMEOUT_MS / 1000} s`), START_TIMEOUT_MS);
    child.once("exit", () => fail("ended while starting"));
    child.once("error", (error) => fail(`could not be started (${error.message})`));
    child.stdout?.on("data", () => {
      if (!output.join("").includes("Extension host agent listening")) return;
      clearTimeout(timer);
      resolve();
    });
  });
}

async function writeUserSettings(dataFolder: string, settings: VscodeSettings): Promise<void> {
  const userFolder = join(dataFolder, "data", "User");
  await mkdir(userFolder, { recursive: true });
  await writeFile(join(userFolder, "settings.json"), `${JSON.stringify(settings, null, 2)}\n`);
}

async function readAttempts(outsideLog: string): Promise<OutsideAttempt[]> {
  const lines = (await readFile(outsideLog, "utf8")).split("\n").filter((line) => line !== "");
  return lines.map((target) => ({ target, madeBy: "server" }));
}

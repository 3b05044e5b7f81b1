import { readFile, readdir } from "node:fs/promises";

/** Ticks of the clock a second, which Linux has had on every machine for long (`getconf CLK_TCK`). */
const TICKS_PER_SECOND = 100;

/** Processor time of the extension hosts that this process has started, in milliseconds; `undefined` elsewhere than on Linux. */
export async function extensionHostCpuMs(): Promise<number | undefined> {
  if (process.platform !== "linux") return undefined;
  const processes = new Map((await allProcesses()).map((each) => [each.id, each]));
  const isOurs = (id: number): boolean => {
    if (id === process.pid) return true;
    const parent = processes.get(id)?.parent;
    return parent !== undefined && parent > 0 && isOurs(parent);
  };
  const hosts = [...processes.values()].filter(({ id, command }) => command.includes(HOST) && isOurs(id));
  return hosts.reduce((sum, { cpuMs }) => sum + cpuMs, 0);
}

const HOST = "--type=extensionHost";

interface ProcessStanding {
  readonly id: number;
  readonly parent: number;
  readonly command: string;
  readonly cpuMs: number;
}

async function allProcesses(): Promise<readonly ProcessStanding[]> {
  const ids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const read = await Promise.all(ids.map(async (id) => await standingOf(Number(id)).catch(() => undefined)));
  return read.filter((each) => each !== undefined);
}

/** Fields of `/proc/ID/stat` behind the name in brackets: state, parent, …, user and system time as the 12th and 13th. */
async function standingOf(id: number): Promise<ProcessStanding> {
  const [stat, command] = await Promise.all([
    readFile(`/proc/${id}/stat`, "utf8"),
    readFile(`/proc/${id}/cmdline`, "utf8"),
  ]);
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const ticks = Number(fields[11]) + Number(fields[12]);
  return { id, parent: Number(fields[1]), command, cpuMs: (ticks * 1000) / TICKS_PER_SECOND };
}

import { arch, availableParallelism, cpus, loadavg, platform, release, totalmem } from "node:os";

/** A line on where and when the figures were taken; the load tells whether the machine had other work. */
export function describeMachine(takenAt: Date): string {
  const memoryGb = Math.round(totalmem() / 2 ** 30);
  const [load = 0] = loadavg();
  return [
    takenAt.toISOString().slice(0, 10),
    `${cpus()[0]?.model.trim() ?? "unknown processor"}, ${availableParallelism()} cores, ${memoryGb} GB memory`,
    `${platform()} ${release()} ${arch()}`,
    `Node ${process.version}`,
    `load average ${load.toFixed(1)} at the start`,
  ].join("; ");
}

import { GCProfiler } from "node:v8";
import { type BenchAnswer, modelFor, textOfAnswer } from "./benchAnswer.ts";
import type { ChatClient } from "./chatClient.ts";
import type { ClientTask, HeapWatch, Timing } from "./clientTask.ts";

/** Does what a client's process was asked to do; rejects when a text that is timed is not the one that was sent. */
export async function performTask(client: ChatClient, task: ClientTask): Promise<Timing[] | HeapWatch> {
  switch (task.kind) {
    case "time":
      return timeAnswers(client, task.answer, task.times);
    case "watch-heap":
      return watchHeap(client, task.answer, task.times);
  }
}

async function timeAnswers(client: ChatClient, answer: BenchAnswer, times: number): Promise<Timing[]> {
  const wanted = textOfAnswer(answer.chunks);
  const timings: Timing[] = [];
  while (timings.length < times) timings.push(await timeAnswer(client, modelFor(answer), wanted));
  return timings;
}

async function timeAnswer(client: ChatClient, model: string, wanted: string): Promise<Timing> {
  let text = "";
  let firstTextAtMs: number | undefined;
  const cpuBefore = process.cpuUsage();
  const startedAtMs = performance.now();
  await client.streamText(model, (more) => {
    firstTextAtMs ??= performance.now();
    text += more;
  });
  const endedAtMs = performance.now();
  const cpu = process.cpuUsage(cpuBefore);
  if (firstTextAtMs === undefined || text !== wanted) throw new Error(`The text of ${model} is not what was sent.`);
  return {
    totalMs: endedAtMs - startedAtMs,
    firstTextMs: firstTextAtMs - startedAtMs,
    cpuMs: (cpu.user + cpu.system) / 1000,
  };
}

async function watchHeap(client: ChatClient, answer: BenchAnswer, times: number): Promise<HeapWatch> {
  const afterEachBytes: number[] = [];
  const profiler = new GCProfiler();
  profiler.start();
  while (afterEachBytes.length < times) {
    await timeAnswers(client, answer, 1);
    globalThis.gc?.();
    afterEachBytes.push(process.memoryUsage().heapUsed);
  }
  const found = profiler.stop().statistics.map(({ beforeGC }) => beforeGC.heapStatistics.usedHeapSize);
  return { afterEachBytes, peakBytes: Math.max(...found) };
}

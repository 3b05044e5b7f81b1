import { z } from "zod";
import type { BenchAnswer } from "./benchAnswer.ts";
import { type BenchProcess, startBenchProcess } from "./benchProcess.ts";
import { CHAT_CLIENTS, type ChatClientName } from "./chatClient.ts";
import { type ClientTask, type HeapWatch, type Timing, heapWatchSchema, timingsSchema } from "./clientTask.ts";

/** One server and a process for each client, of which one works at a time. */
export interface ClientProcesses {
  time(name: ChatClientName, answer: BenchAnswer, times: number): Promise<readonly Timing[]>;
  watchHeap(name: ChatClientName, answer: BenchAnswer, times: number): Promise<HeapWatch>;
  close(): Promise<void>;
}

export async function startClientProcesses(): Promise<ClientProcesses> {
  const server = await startBenchProcess("answerServer.ts", [], z.object({ port: z.int() }));
  const started: BenchProcess<unknown>[] = [server];
  const close = async () => {
    await Promise.all(started.map((process) => process.end()));
  };
  try {
    const baseUrl = `http://127.0.0.1:${server.first.port}/api/v1`;
    const clients = new Map<ChatClientName, BenchProcess<unknown>>();
    for (const name of CHAT_CLIENTS) {
      const client = await startBenchProcess("clientProcess.ts", [name, baseUrl], z.literal("ready"));
      started.push(client);
      clients.set(name, client);
    }
    const ask = async <Result>(name: ChatClientName, task: ClientTask, schema: z.ZodType<Result>): Promise<Result> => {
      const client = clients.get(name);
      if (client === undefined) throw new Error(`${name} was not started.`);
      return client.ask(task, schema);
    };
    return {
      time: (name, answer, times) => ask(name, { kind: "time", answer, times }, timingsSchema),
      watchHeap: (name, answer, times) => ask(name, { kind: "watch-heap", answer, times }, heapWatchSchema),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

import { fileURLToPath } from "node:url";
import { z } from "zod";
import { repositoryFolder } from "../../setup/repositoryFolders.ts";
import { startProcessTree } from "../../setup/processTree.ts";

const messageSchema = z.union([z.object({ error: z.string() }), z.object({ result: z.unknown() })]);

/** A process of the bench, which answers each message with one. */
export interface BenchProcess<First> {
  /** What it sent when it was ready. */
  readonly first: First;
  ask<Result>(task: object, schema: z.ZodType<Result>): Promise<Result>;
  end(): Promise<void>;
}

/** Starts a script of this folder and waits for its first message. */
export async function startBenchProcess<First>(
  script: `${string}.ts`,
  scriptArguments: readonly string[],
  schema: z.ZodType<First>,
): Promise<BenchProcess<First>> {
  const file = fileURLToPath(new URL(script, import.meta.url));
  const tree = startProcessTree(process.execPath, ["--expose-gc", file, ...scriptArguments], {
    cwd: repositoryFolder,
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const receive = async <Result>(schema: z.ZodType<Result>): Promise<Result> => {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const onExit = () => reject(new Error(`${script} ${scriptArguments.join(" ")} has ended.`));
    tree.child.once("message", resolve).once("exit", onExit);
    const message = messageSchema.parse(await promise);
    tree.child.removeListener("exit", onExit);
    if ("error" in message) throw new Error(`${scriptArguments.join(" ")}: ${message.error}`);
    return schema.parse(message.result);
  };
  return {
    first: await receive(schema),
    ask: (task, schema) => {
      tree.child.send(task);
      return receive(schema);
    },
    end: () => tree.end(),
  };
}

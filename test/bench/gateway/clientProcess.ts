// A process with one client: `clientProcess.ts CLIENT BASE_URL`. Takes tasks from its parent and sends what it found.
import { inspect } from "node:util";
import { CHAT_CLIENTS, openChatClient } from "./chatClient.ts";
import { clientTaskSchema } from "./clientTask.ts";
import { performTask } from "./performTask.ts";

const [name, baseUrl = ""] = process.argv.slice(2);
const known = CHAT_CLIENTS.find((each) => each === name);
if (known === undefined) throw new Error(`There is no client called ${name}.`);
const client = await openChatClient(known, baseUrl);

process.on("message", (message) => {
  performTask(client, clientTaskSchema.parse(message)).then(
    (result) => process.send?.({ result }),
    (error: unknown) => process.send?.({ error: inspect(error) }),
  );
});
process.once("disconnect", () => process.exit());
process.send?.({ result: "ready" });

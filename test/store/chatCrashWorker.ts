// A window that writes a long answer and dies: saves longer and longer texts of the same messages, and says after each save which.
import { openChatStore } from "../../src/store/chatStore.ts";
import { crashText, storedMessage } from "./chatFolder.ts";

const [path = ""] = process.argv.slice(2);
const store = await openChatStore(path);
await store.createChat("one", "w", 1);
for (let save = 1; ; save += 1) {
  await store.saveMessage("one", storedMessage(`m${save % 3}`, { text: crashText(save) }), save);
  process.stdout.write(`${save}\n`);
}

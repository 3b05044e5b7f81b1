// One window that lists what it sends: so many rows as fast as it can, each told as soon as it is written.
import { once } from "node:events";
import { openOutboxStore } from "../../src/store/outboxStore.ts";
import { sentRow } from "./sentRow.ts";

const [path = "", name = "", rows = "0"] = process.argv.slice(2);
process.stdout.write("ready\n");
await once(process.stdin, "data");
process.stdin.destroy();
const outbox = await openOutboxStore({ path, now: () => Date.now(), reportDamage: () => process.exit(2) });
for (let row = 0; row < Number(rows); row += 1) {
  await outbox.note(sentRow({ atMs: Date.now(), turnId: `${name}-${row}` }));
  process.stdout.write(`wrote ${name}-${row}\n`);
}
await outbox.close();

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

import { z } from "zod";

const announcement = z.object({ baseUrl: z.url(), key: z.string() });

describe("the simulator as a program", () => {
  it("prints where it listens and ends when told to", async () => {
    const main = fileURLToPath(new URL("main.ts", import.meta.url));
    const child = spawn(process.execPath, [main, "--port", "0"], { stdio: ["ignore", "pipe", "inherit"] });
    const [line] = await once(createInterface(child.stdout), "line");
    const { baseUrl, key } = announcement.parse(JSON.parse(String(line)));
    const response = await fetch(`${baseUrl}/key`, { headers: { Authorization: `Bearer ${key}` } });
    assert.equal(response.status, 200);
    await response.body?.cancel();
    child.kill("SIGTERM");
    const [code] = await once(child, "exit");
    assert.equal(code, process.platform === "win32" ? null : 0);
  });
});

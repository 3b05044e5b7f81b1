import { startSimulator } from "../simulator/startSimulator.ts";
import { tryTwice } from "../ui/tryTwice.ts";
import { startWorkbenchHost, type Workbench } from "../ui/workbench.ts";

const AGAIN = 5;
const SHOWN_WITHIN_MS = 60_000;
/** Lets the rows be counted, and the window lay itself out again. */
const SETTLE_MS = 3000;

export interface SpendOpenings {
  readonly first: number;
  readonly again: readonly number[];
}

/** The view in the real editor, with a ledger that is put into the extension's folder. */
export async function openSpendTimed(putLedger: (storageFolder: string) => void): Promise<SpendOpenings> {
  const simulator = await startSimulator();
  const host = await startWorkbenchHost({ environment: { WAYBILL_DEVELOPMENT_KEY: simulator.key } });
  try {
    return await tryTwice("open the view of spending", async () => {
      const workbench = await host.openWorkbench({ settings: { "waybill.gateway.url": simulator.baseUrl } });
      try {
        putLedger(workbench.storageFolder);
        await workbench.reloadWindow();
        const first = await openOnce(workbench);
        const again: number[] = [];
        for (let round = 0; round < AGAIN; round += 1) again.push(await openOnce(workbench));
        return { first, again };
      } finally {
        await workbench.close();
      }
    });
  } finally {
    await Promise.allSettled([host.close(), simulator.close()]);
  }
}

async function openOnce(workbench: Workbench): Promise<number> {
  await workbench.page.waitForTimeout(SETTLE_MS);
  await workbench.runCommand("Waybill: Show Spend");
  const frame = await workbench.webviewFrame("Waybill: Spend");
  await frame.locator("waybill-figures .value").first().waitFor({ timeout: SHOWN_WITHIN_MS });
  const paintMs = await frame.locator("waybill-spending").evaluate(paintAfterScript);
  await workbench.page.waitForTimeout(SETTLE_MS);
  await workbench.runCommand("View: Close Editor");
  await workbench.page.locator("iframe.webview").waitFor({ state: "detached" });
  return paintMs;
}

/** Runs in the page, which paints nothing before it has the figures. */
function paintAfterScript(): number {
  const paintMs = performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? Number.NaN;
  const script = performance
    .getEntriesByType("resource")
    .find((entry): entry is PerformanceResourceTiming => entry.name.includes("spending.js"));
  return paintMs - (script === undefined ? Number.NaN : script.startTime + script.duration);
}

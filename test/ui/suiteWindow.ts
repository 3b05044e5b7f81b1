import assert from "node:assert/strict";
import { type Simulator, startSimulator } from "../simulator/startSimulator.ts";
import { pictureFailure } from "./pictures.ts";
import { type Workbench, openWorkbench } from "./workbench.ts";

export interface SuiteWindow {
  readonly simulator: Simulator;
  readonly workbench: Workbench;
}

interface SuiteWindowOptions {
  readonly simulator: Parameters<typeof startSimulator>[0];
  /** Besides the gateway's address. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Whether the machine has a key. True when absent. */
  readonly hasKey?: boolean;
}

/**
 * Gives a suite a simulator and a window that speaks to it; to be called where the suite's own hooks would stand. A test that
 * comes again failed in a window that may have stopped delivering files, so the window is reloaded first, as a person would.
 */
export function withWindow(options: SuiteWindowOptions, take: (opened: SuiteWindow) => void): void {
  let opened: SuiteWindow | undefined;
  let lastTitle: string | undefined;
  before(async () => {
    opened = await openSuiteWindow(options);
    take(opened);
  });
  beforeEach(async function () {
    const title = this.currentTest?.fullTitle();
    if (title === lastTitle) await opened?.workbench.reloadWindow();
    lastTitle = title;
  });
  afterEach(async function () {
    const { currentTest: test } = this;
    // One that comes again has no state yet.
    const hasFailed = test !== undefined && test.state !== "passed" && !test.isPending();
    if (hasFailed && opened !== undefined) await pictureFailure(opened.workbench.page, test.fullTitle());
  });
  after(async () => {
    if (opened === undefined) return;
    assert.deepEqual(await opened.workbench.outsideRequests(), []);
    await opened.workbench.close();
    await opened.simulator.close();
  });
}

async function openSuiteWindow({ simulator: wish, settings, hasKey = true }: SuiteWindowOptions): Promise<SuiteWindow> {
  const simulator = await startSimulator(wish);
  const workbench = await openWorkbench({
    settings: { "waybill.gateway.url": simulator.baseUrl, ...settings },
    environment: hasKey ? { WAYBILL_DEVELOPMENT_KEY: simulator.key } : {},
  });
  return { simulator, workbench };
}

import { startSimulator } from "../simulator/startSimulator.ts";
import { type WorkbenchHost, startWorkbenchHost } from "../ui/workbench.ts";
import { RUNNING_EXTENSIONS_SETTINGS, readActivationMs } from "./activationTime.ts";
import type { BenchReport } from "./benchReport.ts";
import { type ChatOpening, hideChat, openChatTimed } from "./chatOpening.ts";
import type { Figure } from "./figure.ts";
import { median } from "./percentile.ts";
import { installQuestionProbe } from "./questionProbe.ts";

const WINDOWS = 3;
const ACTIVATION_MS = 50;
const CHAT_MS = 300;
/** Lets the window lay itself out again before the clock starts. */
const SETTLE_MS = 1500;

interface WindowFigures {
  readonly activationMs: number;
  readonly first: ChatOpening;
  readonly again: ChatOpening;
}

/** Activation and the opening of the chat in the real host, in windows one after the other. Needs a build. */
export async function measureHost(): Promise<BenchReport> {
  const simulator = await startSimulator();
  const host = await startWorkbenchHost({ environment: { WAYBILL_DEVELOPMENT_KEY: simulator.key } });
  try {
    const windows: WindowFigures[] = [];
    for (let window = 0; window < WINDOWS; window += 1) windows.push(await measureWindow(host, simulator.baseUrl));
    const requests = simulator.requests.length;
    return {
      figures: [
        ...hostFigures(windows),
        { what: "Requests before the first use", value: requests, unit: "count", below: 1 },
      ],
      notes: hostNotes(windows),
    };
  } finally {
    await host.close();
    await simulator.close();
  }
}

async function measureWindow(host: WorkbenchHost, gatewayUrl: string): Promise<WindowFigures> {
  const workbench = await host.openWorkbench({
    settings: { ...RUNNING_EXTENSIONS_SETTINGS, "waybill.gateway.url": gatewayUrl },
  });
  try {
    const activationMs = await readActivationMs(workbench);
    await installQuestionProbe(workbench.page);
    await workbench.page.waitForTimeout(SETTLE_MS);
    const first = await openChatTimed(workbench);
    await hideChat(workbench);
    await workbench.page.waitForTimeout(SETTLE_MS);
    const again = await openChatTimed(workbench);
    return { activationMs, first, again };
  } finally {
    await workbench.close();
  }
}

function hostFigures(windows: readonly WindowFigures[]): Figure[] {
  return [
    {
      what: "Activation",
      value: median(windows.map((window) => window.activationMs)),
      unit: "ms",
      below: ACTIVATION_MS,
    },
    ...openingFigures(
      "opened for the first time",
      windows.map(({ first }) => first),
    ),
    ...openingFigures(
      "opened again after hiding",
      windows.map(({ again }) => again),
    ),
  ];
}

function openingFigures(how: string, openings: readonly ChatOpening[]): Figure[] {
  const until = (part: keyof ChatOpening) => median(openings.map((opening) => opening[part]));
  return [
    { what: `Chat usable, ${how}`, value: until("readyMs"), unit: "ms", below: CHAT_MS },
    { what: "… until VS Code has made its frame", value: until("frameMs"), unit: "ms" },
    { what: "… until VS Code has made the page in it", value: until("pageMs"), unit: "ms" },
    { what: "… until VS Code has delivered the page's script", value: until("scriptMs"), unit: "ms" },
  ];
}

function hostNotes(windows: readonly WindowFigures[]): string[] {
  const each = (read: (window: WindowFigures) => number) =>
    windows.map((window) => Math.round(read(window))).join(", ");
  return [
    `Activation is what VS Code tells under Running Extensions (loading and activating), median of ${WINDOWS} windows: ${each((window) => window.activationMs)} ms.`,
    `Chat usable: from the press on the icon until the question is visible and enabled and has taken typed text, looked at every 4 ms. The pages note both times themselves, so the driver's overhead is not in them; that of a headless browser without graphics card is. First: ${each(({ first }) => first.readyMs)} ms. Again: ${each(({ again }) => again.readyMs)} ms.`,
    "Requests are those the gateway saw until all windows had started and had shown the chat twice.",
  ];
}

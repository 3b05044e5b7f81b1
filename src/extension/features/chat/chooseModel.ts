import { type QuickPickItem, QuickPickItemKind, ThemeIcon, window } from "vscode";
import type { ChatChoice } from "../../../core/routing/chatChoice.ts";
import { ROUTING_PROFILES, type RoutingProfile } from "../../../core/routing/routePolicy.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import type { ChatSession } from "./chatSession.ts";
import { pickModelOnce } from "./pickModelOnce.ts";
import { viewChoice } from "./storedChoice.ts";

interface WayItem extends QuickPickItem {
  readonly way?: "settings" | "model" | RoutingProfile;
}

const PROFILE_DETAILS: Readonly<Record<RoutingProfile, string>> = {
  economy: "Begins with the cheapest model that is good enough",
  balanced: "Weighs what an answer costs against your time",
  quality: "Begins near the best model for the task",
  free: "Only models that cost nothing",
  private: "Only providers that neither collect nor keep what you send",
};

/** Asks what this chat is to use instead of what the settings say: one model, or a profile. */
export async function chooseForChat(services: ExtensionServices, session: ChatSession): Promise<void> {
  const picked = await window.showQuickPick(waysToChoose(services, session.choice), {
    title: "Waybill: Model of This Chat",
    placeHolder: "Which model is to answer in this chat? What your settings exclude stays excluded.",
    matchOnDescription: true,
  });
  if (picked?.way === undefined) return;
  const choice = picked.way === "model" ? await pickModelOnce(services) : choiceOf(picked.way);
  if (picked.way === "model" && choice === undefined) return;
  session.choose(choice);
  session.ports.emit({ kind: "choice-changed", ...viewChoice(choice) });
}

function choiceOf(way: "settings" | RoutingProfile): ChatChoice | undefined {
  return way === "settings" ? undefined : { kind: "profile", profile: way };
}

function waysToChoose({ settings }: ExtensionServices, choice: ChatChoice | undefined): WayItem[] {
  const { profile } = settings().policies.base;
  const mark = (isChosen: boolean) => (isChosen ? { description: "chosen" } : {});
  return [
    {
      label: "As in your settings",
      detail: `The profile there is ${profile}.`,
      iconPath: new ThemeIcon("settings-gear"),
      way: "settings",
      ...mark(choice === undefined),
    },
    {
      label: "One model…",
      detail: "Always this one, also where it is dear or fails",
      iconPath: new ThemeIcon("pin"),
      way: "model",
      ...(choice?.kind === "model" ? { description: choice.name } : {}),
    },
    { label: "Profiles", kind: QuickPickItemKind.Separator },
    ...ROUTING_PROFILES.map((way) => ({
      label: way,
      detail: PROFILE_DETAILS[way],
      iconPath: new ThemeIcon("settings"),
      way,
      ...mark(choice?.kind === "profile" && choice.profile === way),
    })),
  ];
}

import { type QuickPickItem, QuickPickItemKind, ThemeIcon, env, window } from "vscode";
import {
  type ReportMark,
  type ReportSection,
  presentReconciliation,
  reconciliationText,
} from "../../../core/waybill/presentReconciliation.ts";
import type { Reconciliation } from "../../../core/waybill/reconciliation.ts";

const ICONS: Readonly<Record<ReportMark, string>> = {
  agrees: "pass",
  differs: "warning",
  figure: "tag",
  remark: "info",
  settled: "check",
  left: "question",
};

const COPY: QuickPickItem = { label: "Copy", detail: "The whole list, as text.", iconPath: new ThemeIcon("copy") };

const COPIED_FOR_MS = 4_000;

/** Shows the list until the person closes it, also while another window is looked at: figures are compared side by side. */
export function showReconciliation(found: Reconciliation, gatewayHost: string): void {
  const pick = window.createQuickPick();
  pick.title = `Waybill: Reconcile with ${gatewayHost}`;
  pick.placeholder = "Choose Copy to take the list along.";
  pick.ignoreFocusOut = true;
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.items = [...presentReconciliation(found).flatMap(sectionItems), separator(""), COPY];
  pick.onDidHide(() => pick.dispose());
  pick.onDidAccept(async () => {
    if (pick.selectedItems[0] !== COPY) return;
    pick.hide();
    await env.clipboard.writeText(reconciliationText(found, gatewayHost));
    window.setStatusBarMessage("$(check) Waybill: copied", COPIED_FOR_MS);
  });
  pick.show();
}

function sectionItems({ title, lines }: ReportSection): QuickPickItem[] {
  const items = lines.map(({ mark, label, figure, detail }): QuickPickItem => ({
    label,
    iconPath: new ThemeIcon(ICONS[mark]),
    ...(figure === undefined ? {} : { description: figure }),
    ...(detail === undefined ? {} : { detail }),
  }));
  return title === "" ? items : [separator(title), ...items];
}

function separator(label: string): QuickPickItem {
  return { label, kind: QuickPickItemKind.Separator };
}

import type { OutcomesOf } from "../core/routing/rankModels.ts";
import { learnFromOutcomes } from "../core/routing/outcomeStats.ts";
import type { ProviderPreferences } from "../core/routing/providerPreferences.ts";
import type { TaskType } from "../core/tasks/taskType.ts";
import type { Ledger } from "../store/ledger.ts";

/**
 * What this person did with answers to the task, by who the policy lets serve. Never rejects: routing works without, and a ledger that cannot be opened is
 * told of when the turn is about to reserve.
 */
export async function learnedOutcomes(
  ledger: Promise<Ledger>,
  { taskType, providers, nowMs }: { taskType: TaskType; providers: ProviderPreferences; nowMs: number },
): Promise<OutcomesOf> {
  try {
    const { outcomes } = await ledger;
    return learnFromOutcomes(await outcomes.tallies(taskType, nowMs), nowMs, providers);
  } catch {
    return () => undefined;
  }
}

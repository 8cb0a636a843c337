import type { Day } from '@okienko/contracts/calendar';
import { isDeepStrictEqual } from 'node:util';
import type { Agreement } from './plan-acts';
import type { PlanItem } from './plan-content';
import type { DraftState } from './plan-state';

/** The next version of a plan on its way to approval (art. 41(2)), beside the one in force. Its texts are in a column of their own. */
export interface PlanUpdate {
  readonly planVersion: number;
  readonly state: DraftState;
  readonly drafter: string;
  readonly draftedAt: string;
  readonly periodTo: Day;
  readonly items: readonly PlanItem[];
  readonly agreement: Agreement | null;
  readonly returnReason: string | null;
}

type Version = Pick<PlanUpdate, 'periodTo' | 'items'>;

/** What an update does to the services of a plan. */
export interface PlanChanges {
  readonly added: readonly PlanItem[];
  readonly dropped: readonly PlanItem[];
  readonly changed: readonly PlanItem[];
}

/** A service is another one to its provider also when the plan lasts longer or shorter than before. */
export function changesBetween(before: Version, after: Version): PlanChanges {
  const samePeriod = before.periodTo === after.periodTo;
  const was = new Map(before.items.map((item) => [item.itemId, item]));
  const is = new Set(after.items.map(({ itemId }) => itemId));
  return {
    added: after.items.filter(({ itemId }) => !was.has(itemId)),
    dropped: before.items.filter(({ itemId }) => !is.has(itemId)),
    changed: after.items.filter(
      (item) => was.has(item.itemId) && !(samePeriod && isDeepStrictEqual(was.get(item.itemId), item)),
    ),
  };
}

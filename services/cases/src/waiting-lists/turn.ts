import { evaluate } from '@okienko/contracts/criteria/evaluate';
import type { Facts } from '@okienko/contracts/criteria/facts';
import type { ProgrammeTerms } from '../programmes/programme-terms';
import { criteriaOf } from '@okienko/contracts/criteria/check';

/** Where somebody belongs on a waiting list: by the time of filing, then by the first priority that is met. */
export interface Turn {
  readonly filedAt: Date;
  /** 0 for the first priority of the programme; who meets none comes after all of them. */
  readonly rank: number;
  readonly priorityCode: string | null;
}

export function turnOf(
  filedAt: Date,
  priorities: NonNullable<ProgrammeTerms['priorities']>,
  facts: Facts | undefined,
): Turn {
  const met = facts
    ? priorities.findIndex(({ criteria }) => evaluate(criteriaOf(criteria), facts).outcome === 'MET')
    : -1;
  return met < 0
    ? { filedAt, rank: priorities.length, priorityCode: null }
    : { filedAt, rank: met, priorityCode: priorities[met]?.code ?? null };
}

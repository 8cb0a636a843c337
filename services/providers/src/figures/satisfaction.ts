import type { Day } from '@okienko/contracts/calendar';
import { mayBeTold } from './figure';

/** What was said to one question in a quarter, about one service of a provider or about all (null). */
export interface Said {
  readonly offerId: string | null;
  readonly quarter: Day;
  /** The first day of the edition of questions. */
  readonly edition: Day;
  readonly question: string;
  readonly answers: number;
  readonly mean: number;
}

export interface Satisfaction {
  readonly quarter: Day;
  readonly edition: Day;
  readonly answers: number | null;
  readonly why?: 'TOO_FEW';
  readonly questions: readonly { readonly code: string; readonly mean: number }[];
}

/**
 * Quarter by quarter and never over several: nothing can be subtracted but services from their total, and against that another one is
 * withheld beside a small one. Editions of questions are told apart for the same reason.
 */
export function satisfactionOf(said: readonly Said[], fewest: number): ReadonlyMap<string | null, Satisfaction[]> {
  const cells = Map.groupBy(said, ({ quarter, edition }) => `${quarter} ${edition}`);
  const rows = [...cells.values()].flatMap((cell) => cellOf(cell, fewest));
  const sorted = rows.sort(({ of: one }, { of: other }) =>
    `${one.quarter} ${one.edition}` < `${other.quarter} ${other.edition}` ? -1 : 1,
  );
  return new Map(
    [...Map.groupBy(sorted, ({ offerId }) => offerId)].map(([id, some]) => [id, some.map(({ of }) => of)]),
  );
}

function cellOf(cell: readonly Said[], fewest: number): { offerId: string | null; of: Satisfaction }[] {
  const rows = [...Map.groupBy(cell, ({ offerId }) => offerId)];
  const parts = rows.filter(([offerId]) => offerId !== null);
  const may = mayBeTold(
    parts.map(([, of]) => of[0]?.answers ?? 0),
    fewest,
  );
  return rows.map(([offerId, of]) => ({
    offerId,
    of: told(of, offerId === null ? may.total : (may.parts[parts.findIndex(([id]) => id === offerId)] ?? false)),
  }));
}

function told(of: readonly Said[], isTold: boolean): Satisfaction {
  const { quarter = '', edition = '', answers = 0 } = of[0] ?? {};
  if (!isTold) return { quarter, edition, answers: null, why: 'TOO_FEW', questions: [] };
  const questions = of
    .map(({ question: code, mean }) => ({ code, mean: Number(mean.toFixed(2)) }))
    .sort((one, other) => (one.code < other.code ? -1 : 1));
  return { quarter, edition, answers, questions };
}

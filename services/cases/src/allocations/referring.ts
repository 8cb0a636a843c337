import { type Day } from '@okienko/contracts/calendar';
import type { DomainEvent } from '@okienko/contracts/event';
import type { Work } from '@okienko/messaging/unit-of-work';
import { dropDeadlines, meetDeadline, startDeadline } from '../deadlines/deadlines';
import { clockFrom, type Term } from '../terms/clocks';
import type { Allocation } from './allocation';
import type { Candidate } from './candidates';

export interface Choice {
  readonly providerId: string;
  /** The plan names the provider, a person chose it, or the rule did. */
  readonly chosenBy: 'PLAN' | 'HAND' | 'RULE';
  /** What the rule had to choose from, with its reasons. */
  readonly ranking?: readonly Candidate[];
}

export interface Referral extends Choice {
  readonly applicationId: string;
  readonly assignee: string | null;
}

export type Outcome = 'ACCEPTED' | 'DECLINED' | 'LAPSED' | 'WITHDRAWN';

/** Refers the allocation: the reasons for the choice are kept, and the clock for the answer runs. `before` is what else this act states of it. */
export async function refer(
  work: Work,
  allocation: Allocation,
  { providerId, chosenBy, ranking, applicationId, assignee }: Referral,
  today: Day,
  before: readonly DomainEvent[] = [],
): Promise<void> {
  const clock = clockFrom('REFERRAL_ANSWER', today);
  allocation.refer(providerId, clock.dueOn);
  const facts: [...DomainEvent[], DomainEvent] = [...before, allocation.referred()];
  const [first, ...more] = facts;
  await work.save(allocation, first, ...more);
  awaitAnswer(work, { allocation, applicationId, assignee }, clock);
  work.send(
    `insert into referral (allocation_id, attempt, provider_id, chosen_by, ranking, referred_on, answer_by)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      allocation.id,
      allocation.attempt,
      providerId,
      chosenBy,
      ranking ? JSON.stringify(ranking) : null,
      today,
      clock.dueOn,
    ],
  );
}

/** The clock for the answer runs, or runs until another day. */
export function awaitAnswer(
  work: Work,
  { allocation, applicationId, assignee }: { allocation: Allocation; applicationId: string; assignee: string | null },
  clock: Term,
): void {
  const { id: subjectId, personId, unit, terc } = allocation;
  const matter = { subjectId, applicationId, personId, unit, terc, assignee };
  startDeadline(work, { kind: 'REFERRAL_ANSWER', awaited: 'PROVIDER', ...matter, ...clock });
}

/** What became of the referral at hand, unless it was answered before. Its clock has ended. */
export function concludeReferral(work: Work, { id, attempt }: Allocation, outcome: Outcome, today: Day): void {
  work.send(
    'update referral set outcome = $3, ended_on = $4 where allocation_id = $1 and attempt = $2 and outcome is null',
    [id, attempt, outcome, today],
  );
  if (outcome === 'ACCEPTED' || outcome === 'DECLINED') meetDeadline(work, 'REFERRAL_ANSWER', id);
  else dropDeadlines(work, id, 'REFERRAL_ANSWER');
  if (outcome !== 'ACCEPTED') dropDeadlines(work, id, 'PROVIDER_REQUEST');
}

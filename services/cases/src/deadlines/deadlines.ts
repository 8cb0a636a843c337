import type { Day } from '@okienko/contracts/calendar';
import type { Work } from '@okienko/messaging/unit-of-work';

/** What the centre, the applicant or a provider has to have done by a day. The clocks themselves are data: `terms/clocks.ts`. */
export const deadlineKinds = [
  'QUALIFICATION',
  'COMPLETION',
  'FORWARDING',
  'PLACE_OFFER_ANSWER',
  'APPEAL',
  'APPEAL_HANDOVER',
  'PLAN_DRAFT',
  'PLAN_APPROVAL',
  'PLAN_END',
  'MONITORING',
  'CLOSING_TALK',
  'PLANS_SUMMARY',
  'COORDINATORS_MEETING',
  'REFERRAL_ANSWER',
  'PROVIDER_REQUEST',
  'FEE_PAYMENT',
  'LATER_INDICATORS',
  'ERASURE_ANSWER',
] as const;
export type DeadlineKind = (typeof deadlineKinds)[number];

/** On whom it waits, so that a worklist can tell "my turn" from "waiting for others". */
export type Awaited = 'CENTRE' | 'APPLICANT' | 'PROVIDER' | 'APPEAL_BODY';

export interface NewDeadline {
  readonly kind: DeadlineKind;
  /** What it is about: the id of the application, item, decision, plan, allocation, fee … One of a kind runs for a subject at a time. */
  readonly subjectId: string;
  /** The application at the root of the matter; left out where there is none (meetings, summaries). */
  readonly applicationId?: string;
  readonly personId?: string;
  readonly unit: string;
  readonly terc: string;
  /** Account that has to see to it; nobody in particular when there is none. */
  readonly assignee?: string | null | undefined;
  readonly awaited: Awaited;
  /** First day that tells of its approach. */
  readonly warnOn: Day;
  readonly dueOn: Day;
  /** Article or other basis, such as "art. 40". */
  readonly basis: string;
}

type Sql = Pick<Work, 'query' | 'send'>;

/** Starts a clock, or moves the one that runs for the same subject. Call it in the transaction of the act that starts it. */
export function startDeadline({ send }: Sql, deadline: NewDeadline): void {
  const { kind, subjectId, applicationId, personId, unit, terc, assignee, awaited, warnOn, dueOn, basis } = deadline;
  send(
    `insert into deadline (kind, subject_id, application_id, person_id, unit, terc, assignee, awaited, warn_on, due_on, basis)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     on conflict (kind, subject_id) where ended_at is null do update
       set (assignee, awaited, warn_on, due_on, basis, told)
         = (excluded.assignee, excluded.awaited, excluded.warn_on, excluded.due_on, excluded.basis, 'NOTHING')`,
    [
      kind,
      subjectId,
      applicationId ?? null,
      personId ?? null,
      unit,
      terc,
      assignee ?? null,
      awaited,
      warnOn,
      dueOn,
      basis,
    ],
  );
}

/** What had to be done has been done. Nothing happens when no such clock runs. */
export function meetDeadline({ send }: Sql, kind: DeadlineKind, subjectId: string): void {
  send(
    `update deadline set ended_at = now(), ending = 'MET' where kind = $1 and subject_id = $2 and ended_at is null`,
    [kind, subjectId],
  );
}

/** It need not be done any more: the subject was withdrawn, ended, replaced. All kinds when none is named. */
export function dropDeadlines({ send }: Sql, subjectId: string, kind?: DeadlineKind): void {
  send(
    `update deadline set ended_at = now(), ending = 'DROPPED'
     where subject_id = $1 and ($2::text is null or kind = $2) and ended_at is null`,
    [subjectId, kind ?? null],
  );
}

/** Of the clocks of a matter that was begun elsewhere only how they stand today is told, and none of the steps before. */
export function tellOnce({ send }: Sql, applicationId: string, today: Day): void {
  send(
    `update deadline set told = case when due_on < $2 then 'REACHED' else 'APPROACHING' end
     where application_id = $1 and due_on <= $2 and told = 'NOTHING' and ended_at is null`,
    [applicationId, today],
  );
}

/** The clocks of a matter go over to another account, or to nobody in particular. */
export function reassignDeadlines({ send }: Sql, applicationId: string, assignee: string | null): void {
  send('update deadline set assignee = $2 where application_id = $1 and ended_at is null', [applicationId, assignee]);
}

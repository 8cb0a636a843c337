import type { Principal } from '@okienko/chassis/access';
import type { Clock } from '@okienko/messaging/clock';
import type { Work } from '@okienko/messaging/unit-of-work';
import { v7 as uuidv7 } from 'uuid';
import { isProviderAccount } from '../provider-account';

export interface ProviderAct {
  readonly providerId: string;
  /** A code, such as ACCEPT_ORDER. */
  readonly act: string;
  readonly subjectId: string;
}

/**
 * Keeps with the act which of its people acted in the name of the provider; acts of the centre are not the provider's. Call it before the
 * last `save`: what is saved last goes to the database as one statement.
 */
export function keepAct(work: Pick<Work, 'send'>, caller: Principal, clock: Clock, of: ProviderAct): void {
  keepActs(work, caller, clock, { ...of, subjectIds: [of.subjectId] });
}

interface ProviderActs extends Pick<ProviderAct, 'providerId' | 'act'> {
  readonly subjectIds: readonly string[];
}

/** The same act on several. */
export function keepActs({ send }: Pick<Work, 'send'>, caller: Principal, clock: Clock, of: ProviderActs): void {
  if (!isProviderAccount(caller)) return;
  const { providerId, act, subjectIds } = of;
  send(
    `insert into provider_act (id, provider_id, account, act, subject_id, at)
     select id, $1, $2, $3, subject, $4 from unnest($5::uuid[], $6::uuid[]) as acts (id, subject)`,
    [providerId, caller.sub, act, clock.now(), subjectIds.map(() => uuidv7()), subjectIds],
  );
}

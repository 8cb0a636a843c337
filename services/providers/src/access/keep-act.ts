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
export function keepAct({ send }: Pick<Work, 'send'>, caller: Principal, clock: Clock, of: ProviderAct): void {
  if (!isProviderAccount(caller)) return;
  send('insert into provider_act (id, provider_id, account, act, subject_id, at) values ($1, $2, $3, $4, $5, $6)', [
    uuidv7(),
    of.providerId,
    caller.sub,
    of.act,
    of.subjectId,
    clock.now(),
  ]);
}

import { NotFound } from '@okienko/contracts/domain-error';
import type { Work } from '@okienko/messaging/unit-of-work';
import { Subscription } from './subscription';

/**
 * Loads a partner's subscription for change while it has not ended. Whose it is is asked first: a stale version would tell that another's
 * is there, and so would the wait for whoever holds it.
 */
export async function loadOwn(
  work: Work,
  id: string,
  partnerId: string | undefined,
  expectedVersion?: number,
): Promise<Subscription> {
  const [found] = await work.query('select from subscription where id = $1 and partner_id = $2 and ended_at is null', [
    id,
    partnerId ?? null,
  ]);
  if (!found) throw new NotFound('subscription');
  return work.load(Subscription, id, expectedVersion);
}

import type { Principal } from '@okienko/chassis/access';
import { NotFound } from '@okienko/contracts/domain-error';
import type { Work } from '@okienko/messaging/unit-of-work';
import { actsFor } from '../provider-account';
import type { Held } from './ceiling';
import type { Month } from './month';
import { openStates, Settlement, type SettlementState } from './settlement';
import { LaterMonthSubmitted } from './settlement-errors';

/**
 * Settlements of an agreement are made one after another, so that none misses what another one holds. It is no row lock: orders and
 * deliveries go on under the agreement meanwhile.
 */
export async function inTurn({ query }: Work, agreementId: string): Promise<void> {
  await query(`select pg_advisory_xact_lock(hashtext('settlement'), hashtext($1))`, [agreementId]);
}

/** In turn with the other settlements of its agreement. Another's answers like one that does not exist. */
export async function loadInTurn(
  work: Work,
  id: string,
  expectedVersion: number,
  caller: Principal,
): Promise<Settlement> {
  const [whose] = await work.query<{ agreementId: string; providerId: string }>(
    'select agreement_id as "agreementId", provider_id as "providerId" from settlement where id = $1',
    [id],
  );
  if (!whose || !actsFor(caller, whose.providerId)) throw new NotFound('settlement');
  await inTurn(work, whose.agreementId);
  return work.load(Settlement, id, expectedVersion);
}

/** Another settlement of the agreement. */
export interface Neighbour {
  readonly month: Month;
  readonly state: SettlementState;
  readonly held: readonly Held[];
}

/** The settlements of the other months, in their order. */
export const neighboursOf = ({ query }: Work, agreementId: string, month: Month): Promise<Neighbour[]> =>
  query<Neighbour>(
    `select month, state, totals->'held' as held from settlement where agreement_id = $1 and month <> $2 order by month`,
    [agreementId, month],
  );

/** A month that was handed in counts with those before it as they were. */
export function assertNoneLater(neighbours: readonly Neighbour[], month: Month): void {
  if (neighbours.some((one) => one.month > month && !openStates.includes(one.state))) throw new LaterMonthSubmitted();
}

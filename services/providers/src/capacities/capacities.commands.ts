import type { Principal } from '@okienko/chassis/access';
import type { Changed } from '@okienko/chassis/http';
import { dayOf } from '@okienko/contracts/calendar';
import { NotFound } from '@okienko/contracts/domain-error';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork, type Work } from '@okienko/messaging/unit-of-work';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { loadOwn } from '../access/load-own';
import { assertServesAt } from '../places/open-place';
import { actsFor } from '../provider-account';
import { Provider } from '../providers/provider';
import { Capacity, type CapacityOpening, type CapacityTerms, type ClosureReason, type InUse } from './capacity';
import { CapacityOverlaps, OfferNotPublished } from './capacity-errors';
import { remove } from './holds';

@Injectable()
export class CapacityCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  open(opening: CapacityOpening, caller: Principal): Promise<Changed> {
    return this.work.run(async (work) => {
      if (!actsFor(caller, opening.providerId)) throw new NotFound('provider');
      const capacity = await openCapacity(work, opening);
      return { id: capacity.id, version: capacity.version };
    });
  }

  change(id: string, expectedVersion: number, terms: CapacityTerms, caller: Principal): Promise<Changed> {
    return this.work.run(async (work) => {
      const [found] = await work.query<{ providerId: string }>(
        'select provider_id as "providerId" from capacity where id = $1',
        [id],
      );
      if (!found || !actsFor(caller, found.providerId)) throw new NotFound('capacity');
      const provider = await work.load(Provider, found.providerId);
      const capacity = await loadOwn(work, Capacity, id, caller, expectedVersion);
      provider.assertActive();
      const changed = capacity.change(terms, await inUse(work, id));
      await assertServesAt(work, capacity.placeId, capacity.providerId, capacity.to);
      await assertAlone(work, capacity);
      await work.save(capacity, changed);
      return { id, version: capacity.version };
    });
  }

  /** What was held and not confirmed is given back; orders keep their places to their end. */
  close(id: string, expectedVersion: number, reason: ClosureReason, caller: Principal): Promise<Changed> {
    return this.work.run(async (work) => {
      const capacity = await loadOwn(work, Capacity, id, caller, expectedVersion);
      const closed = capacity.close(dayOf(this.clock.now()), reason);
      await remove(work, capacity, 'UNCONFIRMED');
      await work.save(capacity, closed);
      return { id, version: capacity.version };
    });
  }
}

/** Under the provider's row lock its openings come one after another, so that what does not overlap now never will. */
export async function openCapacity(work: Work, opening: CapacityOpening): Promise<Capacity> {
  (await work.load(Provider, opening.providerId)).assertActive();
  const [offer] = await work.query<{ terc: string }>('select terc from service_offer where id = $1 and published', [
    opening.offerId,
  ]);
  if (!offer) throw new OfferNotPublished();
  const capacity = Capacity.open(uuidv7(), opening, offer.terc);
  await assertServesAt(work, capacity.placeId, capacity.providerId, capacity.to);
  await assertAlone(work, capacity);
  await work.save(capacity, capacity.opened());
  return capacity;
}

async function assertAlone({ query }: Work, { id, providerId, offerId, placeId, from, to }: Capacity): Promise<void> {
  const [overlapping] = await query(
    `select 1 from capacity
     where provider_id = $1 and offer_id = $2 and first_day <= $4 and last_day >= $3 and closed_on is null
       and place_id is not distinct from $5 and id <> $6 limit 1`,
    [providerId, offerId, from, to, placeId, id],
  );
  if (overlapping) throw new CapacityOverlaps();
}

async function inUse({ query }: Work, id: string): Promise<InUse> {
  const [used] = await query<InUse>(
    `select taken_at_most($1, '-infinity', 'infinity') as ever,
       (select count(*)::int from capacity_head where capacity_id = $1) as heads,
       min(first_day) filter (where isfinite(first_day)) as first, max(last_day) filter (where isfinite(last_day)) as last
     from capacity_reservation where capacity_id = $1`,
    [id],
  );
  return used as InUse;
}

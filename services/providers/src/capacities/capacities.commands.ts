import type { Principal } from '@okienko/chassis/access';
import type { Changed } from '@okienko/chassis/http';
import { NotFound } from '@okienko/contracts/domain-error';
import { UnitOfWork, type Work } from '@okienko/messaging/unit-of-work';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { actsFor } from '../provider-account';
import { Provider } from '../providers/provider';
import { Capacity, type CapacityOpening, CapacityOverlaps, OfferNotPublished } from './capacity';

@Injectable()
export class CapacityCommands {
  constructor(private readonly work: UnitOfWork) {}

  open(opening: CapacityOpening, caller: Principal): Promise<Changed> {
    return this.work.run(async (work) => {
      if (!actsFor(caller, opening.providerId)) throw new NotFound('provider');
      const { id, version } = await openCapacity(work, opening);
      return { id, version };
    });
  }
}

/** Under the provider's row lock its openings come one after another, so that what does not overlap now never will. */
export async function openCapacity({ load, save, query }: Work, opening: CapacityOpening): Promise<Capacity> {
  const { providerId, offerId, from, to } = opening;
  (await load(Provider, providerId)).assertActive();
  const [offer] = await query<{ terc: string }>('select terc from service_offer where id = $1 and published', [
    offerId,
  ]);
  if (!offer) throw new OfferNotPublished();
  const capacity = Capacity.open(uuidv7(), opening, offer.terc);
  const [overlapping] = await query(
    `select 1 from capacity
     where provider_id = $1 and offer_id = $2 and first_day <= $4 and last_day >= $3 limit 1`,
    [providerId, offerId, from, to],
  );
  if (overlapping) throw new CapacityOverlaps();
  await save(capacity, capacity.opened());
  return capacity;
}

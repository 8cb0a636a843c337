import { Controller } from '@nestjs/common';
import type { CloudEvent } from '@okienko/contracts/event';
import { type CapacityChangedV1, capacityChangedV1 } from '@okienko/contracts/providers/capacity-changed.v1';
import { type CapacityClosedV1, capacityClosedV1 } from '@okienko/contracts/providers/capacity-closed.v1';
import { type CapacityOpenedV1, capacityOpenedV1 } from '@okienko/contracts/providers/capacity-opened.v1';
import { type CapacityRecountedV1, capacityRecountedV1 } from '@okienko/contracts/providers/capacity-recounted.v1';
import { type CapacityReleasedV1, capacityReleasedV1 } from '@okienko/contracts/providers/capacity-released.v1';
import { type CapacityReservedV1, capacityReservedV1 } from '@okienko/contracts/providers/capacity-reserved.v1';
import { On } from '@okienko/messaging/on';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';

/** A repetition moves nothing, so whatever follows from `moved` happens once. */
const recounted = `with moved as (
  update capacity_copy set places = $2, free = $3, sequence = $4, as_of = $5
  where capacity_id = $1 and sequence < $4 returning capacity_id)`;

/** Keeps a copy of the providers' free places for the directory. Twice is safe: an older sequence changes nothing. */
@Controller()
export class CapacityConsumer {
  constructor(private readonly work: UnitOfWork) {}

  @On(capacityOpenedV1, capacityChangedV1)
  offered({ subject, sequence, time, data }: CloudEvent<CapacityOpenedV1 | CapacityChangedV1>): Promise<void> {
    return this.work.run(({ send }) => {
      send(
        `insert into capacity_copy (capacity_id, offer_id, provider_id, places, free, available_from, available_to, sequence, as_of)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         on conflict (capacity_id) do update set
           places = excluded.places, free = excluded.free, available_from = excluded.available_from,
           available_to = excluded.available_to, sequence = excluded.sequence, as_of = excluded.as_of
         where capacity_copy.sequence < excluded.sequence`,
        [subject, data.offerId, data.providerId, data.places, data.free, data.from, data.to, Number(sequence), time],
      );
    });
  }

  @On(capacityReservedV1)
  reserved({ subject, sequence, time, data }: CloudEvent<CapacityReservedV1>): Promise<void> {
    const { places, free, orderId, until = null } = data;
    return this.work.run(({ send }) => {
      send(
        `${recounted} insert into capacity_place (order_id, capacity_id, until) select $6, capacity_id, $7 from moved
         on conflict (order_id) do update set capacity_id = excluded.capacity_id, until = excluded.until`,
        [subject, places, free, Number(sequence), time, orderId, until],
      );
    });
  }

  @On(capacityReleasedV1)
  released({ subject, sequence, time, data }: CloudEvent<CapacityReleasedV1>): Promise<void> {
    const { places, free, orderId } = data;
    return this.work.run(({ send }) => {
      send(`${recounted} delete from capacity_place using moved where order_id = $6`, [
        subject,
        places,
        free,
        Number(sequence),
        time,
        orderId,
      ]);
    });
  }

  @On(capacityRecountedV1)
  recounted({ subject, sequence, time, data }: CloudEvent<CapacityRecountedV1>): Promise<void> {
    const { places, free } = data;
    return this.work.run(({ send }) => {
      send(`${recounted} select from moved`, [subject, places, free, Number(sequence), time]);
    });
  }

  /** It is over the day before, so nothing of it is counted or promised any more. */
  @On(capacityClosedV1)
  closed({ subject, sequence, time, data }: CloudEvent<CapacityClosedV1>): Promise<void> {
    const { places, free, closedOn } = data;
    return this.work.run(({ send }) => {
      send(
        `update capacity_copy set places = $2, free = $3, sequence = $4, as_of = $5, available_to = least(available_to, $6::date - 1)
         where capacity_id = $1 and sequence < $4`,
        [subject, places, free, Number(sequence), time, closedOn],
      );
    });
  }
}

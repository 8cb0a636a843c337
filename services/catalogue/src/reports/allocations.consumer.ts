import { Controller } from '@nestjs/common';
import { type AllocationCreatedV1, allocationCreatedV1 } from '@okienko/contracts/cases/allocation-created.v1';
import { type AllocationCreatedV2, allocationCreatedV2 } from '@okienko/contracts/cases/allocation-created.v2';
import { type AllocationStartedV1, allocationStartedV1 } from '@okienko/contracts/cases/allocation-started.v1';
import { type AllocationStartedV2, allocationStartedV2 } from '@okienko/contracts/cases/allocation-started.v2';
import type { CloudEvent } from '@okienko/contracts/event';
import { On } from '@okienko/messaging/on';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';

/** Which offer was allocated to how many, and since when it is delivered: for reports alone. An older sequence changes nothing. */
@Controller()
export class AllocationConsumer {
  constructor(private readonly work: UnitOfWork) {}

  @On(allocationCreatedV1, allocationCreatedV2)
  created({
    subject,
    sequence,
    time,
    gmina,
    data,
  }: CloudEvent<AllocationCreatedV1 | AllocationCreatedV2>): Promise<void> {
    return this.work.run(({ send }) => {
      send(
        `insert into allocation_copy (allocation_id, offer_id, person_id, gmina, sequence, as_of)
         values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
        [subject, data.offerId, data.personId, gmina ?? null, Number(sequence), time],
      );
    });
  }

  @On(allocationStartedV1, allocationStartedV2)
  started({
    subject,
    sequence,
    time,
    gmina,
    data,
  }: CloudEvent<AllocationStartedV1 | AllocationStartedV2>): Promise<void> {
    return this.work.run(({ send }) => {
      send(
        `insert into allocation_copy as a (allocation_id, offer_id, person_id, gmina, provider_id, started_on, sequence, as_of)
         values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict (allocation_id) do update set
           provider_id = excluded.provider_id, started_on = excluded.started_on, sequence = excluded.sequence, as_of = excluded.as_of
         where a.sequence < excluded.sequence`,
        [subject, data.offerId, data.personId, gmina ?? null, data.providerId, data.startedOn, Number(sequence), time],
      );
    });
  }
}

import { Controller } from '@nestjs/common';
import type { CloudEvent } from '@okienko/contracts/event';
import {
  type DeliveryAcceptanceWithdrawnV1,
  deliveryAcceptanceWithdrawnV1,
} from '@okienko/contracts/providers/delivery-acceptance-withdrawn.v1';
import { type DeliveryAcceptedV1, deliveryAcceptedV1 } from '@okienko/contracts/providers/delivery-accepted.v1';
import { type DeliveryCorrectedV1, deliveryCorrectedV1 } from '@okienko/contracts/providers/delivery-corrected.v1';
import { type DeliveryRecordedV1, deliveryRecordedV1 } from '@okienko/contracts/providers/delivery-recorded.v1';
import { deliveryRejectedV1 } from '@okienko/contracts/providers/delivery-rejected.v1';
import { type ProviderRegisteredV1, providerRegisteredV1 } from '@okienko/contracts/providers/provider-registered.v1';
import { On } from '@okienko/messaging/on';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';

/** What was delivered by whom, and what kind of body that is: for reports alone. An older sequence changes nothing. */
@Controller()
export class DeliveryConsumer {
  constructor(private readonly work: UnitOfWork) {}

  @On(deliveryRecordedV1)
  recorded(event: CloudEvent<DeliveryRecordedV1>): Promise<void> {
    return this.note(event, false);
  }

  @On(deliveryAcceptedV1)
  accepted(event: CloudEvent<DeliveryAcceptedV1>): Promise<void> {
    return this.note(event, true);
  }

  @On(deliveryAcceptanceWithdrawnV1)
  acceptanceWithdrawn(event: CloudEvent<DeliveryAcceptanceWithdrawnV1>): Promise<void> {
    return this.note(event, false);
  }

  /** It may have been a visit in vain before, or be one now. */
  @On(deliveryCorrectedV1)
  corrected(event: CloudEvent<DeliveryCorrectedV1>): Promise<void> {
    const { quantity, outcome } = event.data;
    return this.note({ ...event, data: { ...event.data, quantity: outcome === 'DELIVERED' ? quantity : 0 } }, false);
  }

  @On(deliveryRejectedV1)
  rejected({ subject, sequence, time }: CloudEvent): Promise<void> {
    return this.work.run(({ send }) => {
      send(
        `update delivery_copy set quantity = 0, accepted = false, sequence = $2, as_of = $3
         where delivery_id = $1 and sequence < $2`,
        [subject, Number(sequence), time],
      );
    });
  }

  @On(providerRegisteredV1)
  registered({ subject, sequence, time, data }: CloudEvent<ProviderRegisteredV1>): Promise<void> {
    return this.work.run(({ send }) => {
      send(
        `insert into provider_copy as p (provider_id, kind, sequence, as_of) values ($1, $2, $3, $4)
         on conflict (provider_id) do update set kind = excluded.kind, sequence = excluded.sequence, as_of = excluded.as_of
         where p.sequence < excluded.sequence`,
        [subject, data.kind, Number(sequence), time],
      );
    });
  }

  private note(
    { subject, sequence, time, data }: CloudEvent<DeliveryRecordedV1 | DeliveryAcceptedV1>,
    accepted: boolean,
  ): Promise<void> {
    const { allocationId, providerId, deliveredOn, quantity, unit } = data;
    return this.work.run(({ send }) => {
      send(
        `insert into delivery_copy as d (delivery_id, allocation_id, provider_id, delivered_on, quantity, unit, accepted, sequence, as_of)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         on conflict (delivery_id) do update set delivered_on = excluded.delivered_on, quantity = excluded.quantity,
           accepted = excluded.accepted, sequence = excluded.sequence, as_of = excluded.as_of
         where d.sequence < excluded.sequence`,
        [subject, allocationId, providerId, deliveredOn, quantity, unit, accepted, Number(sequence), time],
      );
    });
  }
}

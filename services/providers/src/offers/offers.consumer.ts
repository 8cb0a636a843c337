import {
  type ServiceOfferPublishedV1,
  serviceOfferPublishedV1,
} from '@okienko/contracts/catalogue/service-offer-published.v1';
import { serviceOfferWithdrawnV1 } from '@okienko/contracts/catalogue/service-offer-withdrawn.v1';
import type { CloudEvent } from '@okienko/contracts/event';
import { On } from '@okienko/messaging/on';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';
import { Controller } from '@nestjs/common';

/** Keeps our copy of what is offered: only so much as is needed to know that places may be opened. Each step can be repeated. */
@Controller()
export class OfferConsumer {
  constructor(private readonly work: UnitOfWork) {}

  @On(serviceOfferPublishedV1)
  published({ subject, data }: CloudEvent<ServiceOfferPublishedV1>): Promise<void> {
    return this.work.run(({ send }) =>
      send(
        `insert into service_offer (id, terc, published) values ($1, $2, true)
         on conflict (id) do update set terc = excluded.terc, published = true`,
        [subject, data.terc],
      ),
    );
  }

  @On(serviceOfferWithdrawnV1)
  withdrawn({ subject }: CloudEvent): Promise<void> {
    return this.work.run(({ send }) => send('update service_offer set published = false where id = $1', [subject]));
  }
}

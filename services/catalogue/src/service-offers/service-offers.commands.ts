import { Injectable } from '@nestjs/common';
import { type Changed } from '@okienko/chassis/http';
import { type Day, dayOf } from '@okienko/contracts/calendar';
import type { DomainEvent } from '@okienko/contracts/event';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork, type Work } from '@okienko/messaging/unit-of-work';
import { v7 as uuidv7 } from 'uuid';
import { index } from '../search/offer-index';
import { type OfferedProgramme, ServiceOffer } from './service-offer';
import type { ServiceOfferContent } from './service-offer-content';

@Injectable()
export class ServiceOfferCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  draft(content: ServiceOfferContent): Promise<Changed> {
    return this.work.run(async ({ save, query }) => {
      const offer = ServiceOffer.draft(uuidv7(), content, await offeredProgramme(query, content.programmeId));
      await save(offer, offer.drafted());
      return { id: offer.id, version: offer.version };
    });
  }

  publish(id: string, expectedVersion: number): Promise<Changed> {
    return this.change(id, expectedVersion, async (offer, { query }) =>
      offer.publish(await offeredProgramme(query, offer.programmeId)),
    );
  }

  revise(id: string, expectedVersion: number, content: ServiceOfferContent): Promise<Changed> {
    return this.change(id, expectedVersion, async (offer, { query }) =>
      offer.revise(content, await offeredProgramme(query, content.programmeId)),
    );
  }

  confirm(id: string, expectedVersion: number, confirmedOn: Day): Promise<Changed> {
    return this.change(id, expectedVersion, (offer) => offer.confirm(confirmedOn, dayOf(this.clock.now())));
  }

  withdraw(id: string, expectedVersion: number, reasonCode: string): Promise<Changed> {
    return this.change(id, expectedVersion, (offer) => offer.withdraw(reasonCode));
  }

  /** One act on an offer, and what it is found by with it. */
  private change(
    id: string,
    expectedVersion: number,
    act: (offer: ServiceOffer, work: Work) => DomainEvent | Promise<DomainEvent>,
  ): Promise<Changed> {
    return this.work.run(async (work) => {
      const offer = await work.load(ServiceOffer, id, expectedVersion);
      await work.save(offer, await act(offer, work));
      const { version } = offer;
      index(work, { ...offer.indexed, version });
      return { id, version };
    });
  }
}

/** Under a share lock: the programme cannot end between the check and the commit. */
async function offeredProgramme(query: Work['query'], id: string | undefined): Promise<OfferedProgramme | undefined> {
  if (id === undefined) return undefined;
  const [programme] = await query<OfferedProgramme>(
    `select state, jsonb_path_query_array(content, '$.services[*].serviceCode') as "serviceCodes"
     from programme where id = $1 for share`,
    [id],
  );
  return programme;
}

import { Controller } from '@nestjs/common';
import { programmeEndedV1, type ProgrammeEndedV1 } from '@okienko/contracts/catalogue/programme-ended.v1';
import {
  programmeEnteredIntoForceV1,
  type ProgrammeEnteredIntoForceV1,
} from '@okienko/contracts/catalogue/programme-entered-into-force.v1';
import {
  serviceOfferPublishedV1,
  type ServiceOfferPublishedV1,
} from '@okienko/contracts/catalogue/service-offer-published.v1';
import {
  serviceOfferWithdrawnV1,
  type ServiceOfferWithdrawnV1,
} from '@okienko/contracts/catalogue/service-offer-withdrawn.v1';
import type { CloudEvent } from '@okienko/contracts/event';
import { On } from '@okienko/messaging/on';
import { ProgrammeCommands } from './programmes.commands';

@Controller()
export class ProgrammeConsumer {
  constructor(private readonly programmes: ProgrammeCommands) {}

  @On(programmeEnteredIntoForceV1)
  enteredIntoForce({ subject, data }: CloudEvent<ProgrammeEnteredIntoForceV1>): Promise<void> {
    return this.programmes.enterIntoForce(subject, data);
  }

  @On(programmeEndedV1)
  ended({ subject, data }: CloudEvent<ProgrammeEndedV1>): Promise<void> {
    return this.programmes.end(subject, data.endedOn);
  }

  @On(serviceOfferPublishedV1)
  offerPublished({ subject, data }: CloudEvent<ServiceOfferPublishedV1>): Promise<void> {
    return this.programmes.publishOffer(subject, data);
  }

  @On(serviceOfferWithdrawnV1)
  offerWithdrawn({ subject }: CloudEvent<ServiceOfferWithdrawnV1>): Promise<void> {
    return this.programmes.withdrawOffer(subject);
  }
}

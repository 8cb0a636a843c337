import { Injectable } from '@nestjs/common';
import type { Changed } from '@okienko/chassis/http';
import { dayOf } from '@okienko/contracts/calendar';
import { Clock } from '@okienko/messaging/clock';
import { isUniqueViolation } from '@okienko/messaging/transaction';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';
import { v7 as uuidv7 } from 'uuid';
import { assertCentre } from '../access/centre-only';
import { loadVisible } from '../access/load-visible';
import { type Access, PersonalData } from '../access/personal-data';
import { Application } from '../applications/application';
import { Authorisation } from '../authorisations/authorisation';
import { leaveWaitingList } from '../programmes/places.commands';
import { termsOn } from '../terms/statutory-terms';
import { Decision, DecisionNumberUsed, type DeliveryChannel } from './decision';
import type { ItemRefused, RefuseItem } from './decisions.dto';

@Injectable()
export class DecisionCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly personalData: PersonalData,
  ) {}

  async refuse(
    applicationId: string,
    itemId: string,
    expectedVersion: number,
    command: RefuseItem,
    access: Access,
  ): Promise<ItemRefused> {
    assertCentre(access.caller);
    const { number, legalBasis, authorisationId } = command;
    try {
      return await this.work.run(async (work) => {
        const today = dayOf(this.clock.now());
        const application = await loadVisible(work, Application, applicationId, access.caller, expectedVersion);
        const authorisation = await work.load(Authorisation, authorisationId);
        authorisation.assertCovers('ISSUE_DECISIONS', access.caller.sub, today);
        const id = uuidv7();
        const { personId } = application;
        const reasons = (await this.personalData.row(work, personId, 'decision', id)).seal('reasons', command.reasons);
        const { appealDays } = termsOn(today);
        const refusal = { applicationId, itemId, personId, number, legalBasis, reasons, authorisationId, appealDays };
        const decision = Decision.refuse(id, application, refusal, access.caller.sub, today);
        application.awaitRefusal(itemId, id);
        await leaveWaitingList(work, itemId);
        await work.save(decision, decision.issued());
        await work.save(application, application.refusalPending(itemId));
        await this.personalData.record(work, 'WRITE', access, {
          personId,
          fieldGroups: ['DECISION'],
          caseRef: applicationId,
        });
        return { id: applicationId, version: application.version, decisionId: id, decisionVersion: decision.version };
      });
    } catch (error) {
      throw isUniqueViolation(error, 'decision_number_is_unique') ? new DecisionNumberUsed() : error;
    }
  }

  /** Only a delivered decision refuses (art. 42(3)), so the item changes here and the appeal term begins. */
  deliver(
    id: string,
    expectedVersion: number,
    deliveredOn: string,
    channel: DeliveryChannel,
    access: Access,
  ): Promise<Changed> {
    return this.work.run(async (work) => {
      const decision = await loadVisible(work, Decision, id, access.caller, expectedVersion);
      const { applicationId, itemId, personId } = decision;
      decision.deliver(deliveredOn, channel, dayOf(this.clock.now()));
      const application = await work.load(Application, applicationId);
      application.refuse(itemId);
      await work.save(decision, decision.delivered());
      await work.save(application, application.refused(itemId));
      await this.personalData.record(work, 'WRITE', access, {
        personId,
        fieldGroups: ['DECISION'],
        caseRef: applicationId,
      });
      return { id, version: decision.version };
    });
  }
}

import { Injectable } from '@nestjs/common';
import type { Changed } from '@okienko/chassis/http';
import { dayOf } from '@okienko/contracts/calendar';
import { NotInState } from '@okienko/contracts/domain-error';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';
import { assertCentre } from '../access/centre-only';
import { loadVisible } from '../access/load-visible';
import { type Access, PersonalData } from '../access/personal-data';
import { Application } from '../applications/application';
import { startDeadline } from '../deadlines/deadlines';
import { leaveWaitingList } from '../programmes/places.commands';
import { keepQualificationClock } from '../qualifications/qualification-clock';
import { Decision, type DecisionKind } from './decision';
import type { ItemRefused, RecordDelivery, RefuseItem } from './decisions.dto';
import { deliveryDay } from './delivery';
import { assertMayDecide, issueDecision, withNumberOfItsOwn } from './issue-decision';

@Injectable()
export class DecisionCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly personalData: PersonalData,
  ) {}

  /** REFUSAL of the item, or PART_REFUSAL of what of it was not granted. */
  refuse(
    kind: DecisionKind,
    applicationId: string,
    itemId: string,
    expectedVersion: number,
    command: RefuseItem,
    access: Access,
  ): Promise<ItemRefused> {
    assertCentre(access.caller);
    return withNumberOfItsOwn(() =>
      this.work.run(async (work) => {
        const today = dayOf(this.clock.now());
        const application = await loadVisible(work, Application, applicationId, access.caller, expectedVersion);
        const { state } = application.item(itemId);
        const ofRest = kind === 'PART_REFUSAL';
        if (ofRest !== (state === 'QUALIFIED'))
          throw new NotInState('item', ofRest ? 'refused in part' : 'refused', state);
        await assertMayDecide(work, command.authorisationId, access, today);
        const issued = await issueDecision(work, this.personalData, application, itemId, command, access, today);
        if (!ofRest) await leaveWaitingList(work, itemId, today);
        await work.save(application, issued.fact);
        await keepQualificationClock(work, application, today);
        await this.personalData.record(work, 'WRITE', access, {
          personId: application.personId,
          fieldGroups: ['DECISION'],
          caseRef: applicationId,
        });
        const { id: decisionId, version: decisionVersion } = issued.decision;
        return { id: applicationId, version: application.version, decisionId, decisionVersion };
      }),
    );
  }

  /** Only a delivered decision refuses (art. 42(3)), so the item changes here and the appeal term begins. */
  deliver(
    id: string,
    expectedVersion: number,
    { deliveredOn, noticeLeftOn, channel }: RecordDelivery,
    access: Access,
  ): Promise<Changed> {
    return this.work.run(async (work) => {
      const today = dayOf(this.clock.now());
      const decision = await loadVisible(work, Decision, id, access.caller, expectedVersion);
      const { applicationId, itemId, personId, unit, terc } = decision;
      const term = decision.deliver(deliveryDay(deliveredOn, noticeLeftOn), channel, today, noticeLeftOn);
      const application = await work.load(Application, applicationId);
      await work.save(decision, decision.delivered());
      if (decision.kind === 'REFUSAL') {
        application.refuse(itemId);
        await work.save(application, application.refused(itemId));
      }
      startDeadline(work, {
        kind: 'APPEAL',
        subjectId: id,
        applicationId,
        personId,
        unit,
        terc,
        assignee: application.coordinator,
        awaited: 'APPLICANT',
        ...term,
      });
      await this.personalData.record(work, 'WRITE', access, {
        personId,
        fieldGroups: ['DECISION'],
        caseRef: applicationId,
      });
      return { id, version: decision.version };
    });
  }
}

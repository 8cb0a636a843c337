import { Injectable } from '@nestjs/common';
import type { Changed } from '@okienko/chassis/http';
import { dayOf } from '@okienko/contracts/calendar';
import { Clock } from '@okienko/messaging/clock';
import { currentContext, withContext } from '@okienko/messaging/context';
import { UnitOfWork, type Work } from '@okienko/messaging/unit-of-work';
import { assertCentre } from '../access/centre-only';
import { loadVisible } from '../access/load-visible';
import { type Access, PersonalData } from '../access/personal-data';
import { Application } from '../applications/application';
import { grantRest } from '../applications/decided-item';
import { assertMayDecide, issueDecision, withNumberOfItsOwn } from '../decisions/issue-decision';
import { askedService } from './asked-service';
import { keepQualificationClock } from './qualification-clock';
import type { ItemQualified, QualificationTrialView, QualifyItem } from './qualifications.dto';
import { qualifyItem } from './qualify-item';

/** Qualifying is for the centre alone (art. 42, 49); no decision is needed for it, but one for whatever of a request is not granted. */
@Injectable()
export class QualificationCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly personalData: PersonalData,
  ) {}

  qualify(
    id: string,
    itemId: string,
    expectedVersion: number,
    { authorisationId, quantity, partRefusal }: QualifyItem,
    access: Access,
  ): Promise<ItemQualified> {
    assertCentre(access.caller);
    const { personalData } = this;
    return withNumberOfItsOwn(() =>
      this.work.run(async (work) => {
        const today = dayOf(this.clock.now());
        const application = await loadVisible(work, Application, id, access.caller, expectedVersion);
        if (authorisationId) await assertMayDecide(work, authorisationId, access, today);
        if (partRefusal) await assertMayDecide(work, partRefusal.authorisationId, access, today);
        const grant = { today, quantity, authorisationId, inTurn: true };
        const notice = await qualifyItem(work, personalData, application, itemId, grant);
        const granted = application.qualified(itemId, today);
        const issued =
          partRefusal && (await issueDecision(work, personalData, application, itemId, partRefusal, access, today));
        await work.save(application, granted, ...(issued ? [issued.fact] : []));
        await keepQualificationClock(work, application, today);
        await this.record(work, application, access);
        const { version } = application;
        const { number: noticeNumber, grantedUntil } = notice;
        return { id, version, noticeNumber, grantedUntil, ...(issued ? { decisionId: issued.decision.id } : {}) };
      }),
    );
  }

  /** Grants what of a request was left undecided, as when the refusal of it has been quashed. */
  qualifyRest(id: string, itemId: string, expectedVersion: number, access: Access): Promise<Changed> {
    assertCentre(access.caller);
    return this.work.run(async (work) => {
      const application = await loadVisible(work, Application, id, access.caller, expectedVersion);
      const today = dayOf(this.clock.now());
      grantRest(application, itemId);
      await work.save(application, application.qualified(itemId, today));
      await keepQualificationClock(work, application, today);
      await this.record(work, application, access);
      return { id, version: application.version };
    });
  }

  /** What it tells is about a person, so it is not kept as the answer to a repeated request. */
  try(id: string, itemId: string, access: Access): Promise<QualificationTrialView> {
    assertCentre(access.caller);
    const { idempotency: _, ...context } = currentContext();
    return withContext(context, () =>
      this.work.run(async (work) => {
        const application = await loadVisible(work, Application, id, access.caller);
        const today = dayOf(this.clock.now());
        const { service, evaluation, turn } = await askedService(work, this.personalData, application, itemId, today);
        const touched = { personId: application.personId, fieldGroups: ['APPLICATION'], caseRef: id };
        await this.personalData.record(work, 'READ', access, touched);
        const { programmeVersion, expectedPersons: places, taken } = service;
        return {
          ...evaluation,
          programmeVersion,
          places,
          taken,
          priorityCode: turn.priorityCode,
        } as QualificationTrialView;
      }),
    );
  }

  private record(work: Work, { id, personId }: Application, access: Access): Promise<void> {
    return this.personalData.record(work, 'WRITE', access, { personId, fieldGroups: ['APPLICATION'], caseRef: id });
  }
}

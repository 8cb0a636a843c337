import { Injectable } from '@nestjs/common';
import type { Changed } from '@okienko/chassis/http';
import { type Day, dayOf } from '@okienko/contracts/calendar';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork, type Work } from '@okienko/messaging/unit-of-work';
import { assertCentre } from '../access/centre-only';
import { loadVisible } from '../access/load-visible';
import { type Access, PersonalData } from '../access/personal-data';
import { Application } from '../applications/application';
import { appeal, grantRest, reopen } from '../applications/decided-item';
import { dropDeadlines, meetDeadline, startDeadline } from '../deadlines/deadlines';
import { keepQualificationClock, startQualification } from '../qualifications/qualification-clock';
import { qualifyItem } from '../qualifications/qualify-item';
import { clockFrom } from '../terms/clocks';
import type { AppealChannel, Ruling } from './appeal';
import { Decision } from './decision';
import { assertMayDecide } from './issue-decision';

/** An act on an appealed decision and on the application that it decided; decisions are locked before applications. */
type Act = (matter: { work: Work; decision: Decision; application: Application; today: Day }) => Promise<void>;

/** Appeals go to the appeal body through the centre, which may grant them itself first (art. 48; KPA art. 127–137). */
@Injectable()
export class AppealCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly personalData: PersonalData,
  ) {}

  file(id: string, version: number, filedOn: Day, channel: AppealChannel, access: Access): Promise<Changed> {
    return this.act(id, version, access, async ({ work, decision, application, today }) => {
      const { itemId, kind } = decision;
      decision.fileAppeal(filedOn, channel, today);
      await work.save(decision, decision.appealed());
      meetDeadline(work, 'APPEAL', id);
      startHandover(work, decision, application, filedOn);
      if (kind === 'PART_REFUSAL') return;
      await work.save(application, appeal(application, itemId, id));
    });
  }

  handOver(id: string, version: number, handedOverOn: Day, access: Access): Promise<Changed> {
    return this.act(id, version, access, async ({ work, decision, today }) => {
      decision.handOver(handedOverOn, today);
      await work.save(decision, decision.appealHandedOver(handedOverOn));
      meetDeadline(work, 'APPEAL_HANDOVER', id);
    });
  }

  /** Qualifies in the same act, under the same conditions and the same limit as everybody. */
  review(id: string, version: number, authorisationId: string, access: Access): Promise<Changed> {
    assertCentre(access.caller);
    return this.act(id, version, access, async ({ work, decision, application, today }) => {
      const { itemId, kind } = decision;
      await assertMayDecide(work, authorisationId, access, today);
      decision.review(today);
      await work.save(decision, decision.reviewed(today, authorisationId));
      application.strike(itemId, 'decisionId');
      if (kind === 'PART_REFUSAL') grantRest(application, itemId);
      else await qualifyItem(work, this.personalData, application, itemId, { today, authorisationId, inTurn: false });
      await work.save(application, application.qualified(itemId, today));
      meetDeadline(work, 'APPEAL_HANDOVER', id);
      await keepQualificationClock(work, application, today);
    });
  }

  rule(id: string, version: number, ruling: Ruling, ruledOn: Day, access: Access): Promise<Changed> {
    return this.act(id, version, access, async ({ work, decision, application, today }) => {
      const { itemId, kind } = decision;
      decision.rule(ruling, ruledOn, today);
      await work.save(decision, decision.ruled(ruling, ruledOn));
      if (!waitsForRuling(application, decision)) return;
      if (ruling === 'QUASHED') {
        await work.save(application, reopen(application, itemId));
        await startQualification(work, application, ruledOn);
      } else if (kind === 'REFUSAL') await refuseAgain(work, application, itemId);
    });
  }

  withdraw(id: string, version: number, withdrawnOn: Day, access: Access): Promise<Changed> {
    return this.act(id, version, access, async ({ work, decision, application, today }) => {
      decision.withdrawAppeal(withdrawnOn, today);
      await work.save(decision, decision.appealWithdrawn(withdrawnOn));
      dropDeadlines(work, id, 'APPEAL_HANDOVER');
      if (decision.kind === 'REFUSAL' && waitsForRuling(application, decision))
        await refuseAgain(work, application, decision.itemId);
    });
  }

  private act(id: string, expectedVersion: number, access: Access, act: Act): Promise<Changed> {
    return this.work.run(async (work) => {
      const decision = await loadVisible(work, Decision, id, access.caller, expectedVersion);
      const { applicationId, personId } = decision;
      const application = await work.load(Application, applicationId);
      await act({ work, decision, application, today: dayOf(this.clock.now()) });
      const touched = { personId, fieldGroups: ['DECISION'], caseRef: applicationId };
      await this.personalData.record(work, 'WRITE', access, touched);
      return { id, version: decision.version };
    });
  }
}

/** Unless the person has died, moved away or withdrawn meanwhile: then the ruling changes nothing for the item. */
const waitsForRuling = (application: Application, { itemId, kind }: Decision): boolean =>
  application.item(itemId).state === (kind === 'REFUSAL' ? 'APPEALED' : 'QUALIFIED');

/** The decision stands. */
async function refuseAgain(work: Work, application: Application, itemId: string): Promise<void> {
  application.refuse(itemId);
  await work.save(application, application.refused(itemId));
}

function startHandover(
  work: Work,
  { id, applicationId, personId, unit, terc }: Decision,
  { coordinator: assignee }: Application,
  filedOn: Day,
): void {
  startDeadline(work, {
    kind: 'APPEAL_HANDOVER',
    subjectId: id,
    applicationId,
    personId,
    unit,
    terc,
    assignee,
    awaited: 'CENTRE',
    ...clockFrom('APPEAL_HANDOVER', filedOn),
  });
}

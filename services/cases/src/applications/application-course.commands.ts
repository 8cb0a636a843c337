import { Injectable } from '@nestjs/common';
import type { Changed } from '@okienko/chassis/http';
import { type Day, dayOf } from '@okienko/contracts/calendar';
import type { DomainEvent } from '@okienko/contracts/event';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork, type Work } from '@okienko/messaging/unit-of-work';
import { assertCentre } from '../access/centre-only';
import { loadVisible } from '../access/load-visible';
import { type Access, PersonalData } from '../access/personal-data';
import { meetDeadline, reassignDeadlines } from '../deadlines/deadlines';
import { endFeesOfItems } from '../fees/fee-ending';
import { letGo } from '../programmes/places.commands';
import { Application } from './application';
import { dropSettledClocks, startCompletionClock, startForwardingClock } from './application-clocks';
import type { AssignCoordinator, CallForCompletion, ForwardApplication } from './application-course.dto';
import { sealFacts, type StatedFacts } from './application-facts';
import { callForCompletion, complete, leaveUnexamined, serveCompletionCall } from './completion-call';
import { type Delay, recordDelay } from './delay';
import { forward, sendForwarded } from './forwarding';

/** What happens to an application as a whole between its filing and the answer to it. */
@Injectable()
export class ApplicationCourseCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly personalData: PersonalData,
  ) {}

  reviseFacts(id: string, version: number, facts: StatedFacts, access: Access): Promise<Changed> {
    return this.change(
      id,
      version,
      access,
      async (application, work, today) => {
        application.assertOpen('given other facts');
        const matter = { id, personId: application.personId, items: application.askedFor };
        return [application.reviseFacts(await sealFacts(work, this.personalData, matter, facts, today))];
      },
      'STATED_FACTS',
    );
  }

  callForCompletion(
    id: string,
    version: number,
    { missing, dueDays }: CallForCompletion,
    access: Access,
  ): Promise<Changed> {
    assertCentre(access.caller);
    return this.change(id, version, access, async (application, work, today) => {
      const row = await this.personalData.row(work, application.personId, 'application', id);
      return [callForCompletion(application, dueDays, row.sealJson('missing', missing), today)];
    });
  }

  serveCompletionCall(id: string, version: number, servedOn: Day, access: Access): Promise<Changed> {
    return this.change(id, version, access, (application, work, today) => {
      const fact = serveCompletionCall(application, servedOn, today);
      startCompletionClock(work, application, servedOn);
      return [fact];
    });
  }

  complete(id: string, version: number, completedOn: Day | undefined, access: Access): Promise<Changed> {
    return this.change(id, version, access, (application, work, today) => {
      const fact = complete(application, completedOn ?? today, today);
      meetDeadline(work, 'COMPLETION', id);
      return [fact];
    });
  }

  leaveUnexamined(id: string, version: number, access: Access): Promise<Changed> {
    assertCentre(access.caller);
    return this.change(id, version, access, (application, work, today) => {
      const facts = leaveUnexamined(application, today);
      dropSettledClocks(
        work,
        application,
        facts.map(({ data }) => data.itemId),
      );
      return facts;
    });
  }

  forward(id: string, version: number, command: ForwardApplication, access: Access): Promise<Changed> {
    assertCentre(access.caller);
    const { target, agreedOn, sentOn } = command;
    return this.change(id, version, access, (application, work, today) => {
      const itemIds = command.items?.map(({ itemId }) => itemId) ?? application.undecided.map((item) => item.id);
      const forwarding = { target: { ...target }, agreedOn, ...(sentOn === undefined ? {} : { sentOn }) };
      const facts = forward(application, itemIds, forwarding, today);
      dropSettledClocks(work, application, itemIds);
      if (sentOn === undefined) for (const itemId of itemIds) startForwardingClock(work, application, itemId, agreedOn);
      return facts;
    });
  }

  sendForwarded(id: string, version: number, sentOn: Day, access: Access): Promise<Changed> {
    return this.change(id, version, access, (application, work, today) => {
      const fact = sendForwarded(application, sentOn, today);
      for (const itemId of fact.data.itemIds) meetDeadline(work, 'FORWARDING', itemId);
      return [fact];
    });
  }

  /** Everything at once: places are free again, nobody waits on the list. */
  withdraw(id: string, version: number, access: Access): Promise<Changed> {
    return this.change(id, version, access, async (application, work, today) => {
      const items = application.withdrawAll();
      for (const item of items) await letGo(work, application.personId, item, today);
      const itemIds = items.map((item) => item.id);
      dropSettledClocks(work, application, itemIds);
      await endFeesOfItems(work, itemIds, today, today);
      return itemIds.map((itemId) => application.withdrawn(itemId));
    });
  }

  assignCoordinator(id: string, version: number, command: AssignCoordinator, access: Access): Promise<Changed> {
    const { coordinator, reasonCode } = command;
    return this.change(id, version, access, (application, work) => {
      reassignDeadlines(work, id, coordinator);
      return [application.assignCoordinator(coordinator, reasonCode)];
    });
  }

  recordDelay(id: string, version: number, { from, to, causeCode }: Delay, access: Access): Promise<Changed> {
    return this.change(id, version, access, (application, _, today) => [
      recordDelay(application, { from, to, causeCode }, today),
    ]);
  }

  private change(
    id: string,
    expectedVersion: number,
    access: Access,
    act: (application: Application, work: Work, today: Day) => DomainEvent[] | Promise<DomainEvent[]>,
    fieldGroup = 'APPLICATION',
  ): Promise<Changed> {
    return this.work.run(async (work) => {
      const application = await loadVisible(work, Application, id, access.caller, expectedVersion);
      const [first, ...more] = await act(application, work, dayOf(this.clock.now()));
      if (!first) throw new Error(`Nothing was said to have happened to application ${id}.`);
      await work.save(application, first, ...more);
      const { version, personId } = application;
      await this.personalData.record(work, 'WRITE', access, { personId, fieldGroups: [fieldGroup], caseRef: id });
      return { id, version };
    });
  }
}

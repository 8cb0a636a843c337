import { Injectable } from '@nestjs/common';
import type { Changed } from '@okienko/chassis/http';
import { type Day, dayOf } from '@okienko/contracts/calendar';
import type { DomainEvent } from '@okienko/contracts/event';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork, type Work } from '@okienko/messaging/unit-of-work';
import { assertCentre } from '../access/centre-only';
import { type Access, PersonalData } from '../access/personal-data';
import { dropDeadlines } from '../deadlines/deadlines';
import { endFeesOfItems } from '../fees/fee-ending';
import type { Allocation } from './allocation';
import { endSinglePlace } from './allocation-ending';
import type { Suspension, Termination } from './allocation-states';
import { visibleMatter } from './matter';
import { concludeReferral } from './referring';

/** What people decide about a service under way: that it pauses, goes on, or ends before its time. */
@Injectable()
export class AllocationCourseCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly personalData: PersonalData,
  ) {}

  suspend(id: string, expectedVersion: number, suspension: Suspension, access: Access): Promise<Changed> {
    return this.change(id, expectedVersion, access, (allocation, today) => {
      allocation.suspend(suspension, today);
      return allocation.suspended(suspension);
    });
  }

  resume(id: string, expectedVersion: number, resumedOn: Day, access: Access): Promise<Changed> {
    return this.change(id, expectedVersion, access, (allocation, today) => {
      allocation.resume(resumedOn, today);
      return allocation.resumed(resumedOn);
    });
  }

  /** The period is over, or nothing is left to deliver. What hangs on a plan is also completed by its end. */
  complete(id: string, expectedVersion: number, completedOn: Day, access: Access): Promise<Changed> {
    return this.change(id, expectedVersion, access, (allocation, today, work) => {
      allocation.assertMayEndOn(completedOn, today);
      allocation.complete(completedOn);
      dropDeadlines(work, id, 'PROVIDER_REQUEST');
      return allocation.completed();
    });
  }

  resign(id: string, expectedVersion: number, resignedOn: Day, access: Access): Promise<Changed> {
    return this.change(id, expectedVersion, access, async (allocation, today, work) => {
      allocation.assertMayEndOn(resignedOn, today);
      allocation.resign(resignedOn);
      concludeReferral(work, allocation, 'WITHDRAWN', today);
      await endFeesOfItems(work, [allocation.itemId], resignedOn, today);
      return allocation.resigned();
    });
  }

  /** The Act does not regulate it, so it is never automatic: a person with authority does it. */
  terminate(id: string, expectedVersion: number, termination: Termination, access: Access): Promise<Changed> {
    assertCentre(access.caller);
    const { reasonCode, terminatedOn } = termination;
    return this.change(id, expectedVersion, access, async (allocation, today, work) => {
      allocation.assertMayEndOn(terminatedOn, today);
      allocation.terminate(termination);
      concludeReferral(work, allocation, 'WITHDRAWN', today);
      if (reasonCode === 'DEATH' || reasonCode === 'MOVED')
        await endFeesOfItems(work, [allocation.itemId], terminatedOn, today);
      return allocation.terminated();
    });
  }

  private change(
    id: string,
    expectedVersion: number,
    access: Access,
    act: (allocation: Allocation, today: Day, work: Work) => DomainEvent | Promise<DomainEvent>,
  ): Promise<Changed> {
    return this.work.run(async (work) => {
      const { allocation, applicationId } = await visibleMatter(work, id, access.caller, expectedVersion);
      const stated = await act(allocation, dayOf(this.clock.now()), work);
      await work.save(allocation, stated);
      await endSinglePlace(work, allocation);
      const { version, personId } = allocation;
      await this.personalData.record(work, 'WRITE', access, {
        personId,
        fieldGroups: ['PLAN'],
        caseRef: applicationId,
      });
      return { id, version };
    });
  }
}

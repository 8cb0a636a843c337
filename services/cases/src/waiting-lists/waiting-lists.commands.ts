import { Injectable } from '@nestjs/common';
import type { Changed } from '@okienko/chassis/http';
import { type Day, dayOf } from '@okienko/contracts/calendar';
import type { DomainEvent } from '@okienko/contracts/event';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork, type Work } from '@okienko/messaging/unit-of-work';
import { assertCentre } from '../access/centre-only';
import { loadVisible } from '../access/load-visible';
import { type Access, PersonalData } from '../access/personal-data';
import { Application } from '../applications/application';
import { demandDecision } from '../applications/decided-item';
import { dropDeadlines, meetDeadline } from '../deadlines/deadlines';
import { leaveWaitingList, uncount } from '../programmes/places.commands';
import { assertMustWait } from '../programmes/programme-service';
import { askedService } from '../qualifications/asked-service';
import { assertNotUnmet } from '../qualifications/criteria-check';
import { keepQualificationClock, startQualification } from '../qualifications/qualification-clock';
import { qualifyItem } from '../qualifications/qualify-item';
import { type AfterOffer, waitingListTermsOn } from '../terms/waiting-list-terms';
import { enterWaitingList, loadEntry, positionOf, putBefore } from './waiting-list';
import type { WaitingListEntry } from './waiting-list-entry';
import type { JumpWaitingList } from './waiting-lists.dto';

interface Waiting {
  readonly work: Work;
  readonly application: Application;
  readonly entry: WaitingListEntry;
  readonly today: Day;
}

/** Locks go from the application to the row of the service, and from there to the entries of its list. */
@Injectable()
export class WaitingListCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly personalData: PersonalData,
  ) {}

  enter(id: string, itemId: string, expectedVersion: number, access: Access): Promise<Changed> {
    assertCentre(access.caller);
    return this.act(id, expectedVersion, access, async (work, application, today) => {
      application.waitlist(itemId);
      const asked = await askedService(work, this.personalData, application, itemId, today);
      assertMustWait(asked.service);
      assertNotUnmet(asked.evaluation);
      enterWaitingList(work, application, itemId, asked.turn);
      await work.save(application, application.waitlisted(itemId));
      await keepQualificationClock(work, application, today);
    });
  }

  /** Puts somebody ahead of whoever stands at that position; the reason stays on record. */
  jump(
    id: string,
    itemId: string,
    expectedVersion: number,
    { reasonCode, before }: JumpWaitingList,
    access: Access,
  ): Promise<Changed> {
    return this.onEntry(id, itemId, expectedVersion, access, async ({ work, entry }) => {
      const position = await positionOf(work, entry);
      entry.assertMayJump(position, before);
      await work.save(entry, entry.jumped(reasonCode, position, before));
      putBefore(work, entry, before);
    });
  }

  accept(id: string, itemId: string, expectedVersion: number, access: Access): Promise<Changed> {
    assertCentre(access.caller);
    return this.onEntry(id, itemId, expectedVersion, access, async ({ work, application, entry, today }) => {
      entry.assertOffered();
      await qualifyItem(work, this.personalData, application, itemId, { today, inTurn: true });
      await work.save(application, application.qualified(itemId, today));
      await keepQualificationClock(work, application, today);
    });
  }

  decline(id: string, itemId: string, expectedVersion: number, access: Access): Promise<Changed> {
    return this.onEntry(id, itemId, expectedVersion, access, async (waiting) => {
      const { work, entry, today } = waiting;
      entry.assertOffered();
      meetDeadline(work, 'PLACE_OFFER_ANSWER', itemId);
      await this.passOn(waiting, entry.placeDeclined(today), waitingListTermsOn(today).afterDecline);
    });
  }

  /** Nobody has answered in time. An act of a person, since it costs the applicant their turn. */
  lapse(id: string, itemId: string, expectedVersion: number, access: Access): Promise<Changed> {
    return this.onEntry(id, itemId, expectedVersion, access, async (waiting) => {
      const { entry, today } = waiting;
      entry.assertLapsed(today);
      await this.passOn(waiting, entry.placeLapsed(today), waitingListTermsOn(today).afterSilence);
    });
  }

  demandDecision(id: string, itemId: string, expectedVersion: number, access: Access): Promise<Changed> {
    return this.act(id, expectedVersion, access, async (work, application, today) => {
      await work.save(application, demandDecision(application, itemId, today));
      await startQualification(work, application, today);
    });
  }

  /** The place goes to whoever is next; the entry ends, or goes on behind all others. */
  private async passOn(
    { work, application, entry, today }: Waiting,
    fact: DomainEvent,
    rule: AfterOffer,
  ): Promise<void> {
    const { itemId } = entry;
    if (rule === 'GOES_LAST') {
      entry.goLast(this.clock.now());
      await work.save(entry, fact);
      dropDeadlines(work, itemId, 'PLACE_OFFER_ANSWER');
      return uncount(work, entry, today);
    }
    await work.save(entry, fact);
    application.withdraw(itemId);
    await leaveWaitingList(work, itemId, today);
    await work.save(application, application.withdrawn(itemId));
    await keepQualificationClock(work, application, today);
  }

  private onEntry(
    id: string,
    itemId: string,
    expectedVersion: number,
    access: Access,
    act: (waiting: Waiting) => Promise<void>,
  ): Promise<Changed> {
    return this.act(id, expectedVersion, access, async (work, application, today) =>
      act({ work, application, entry: await loadEntry(work, application.item(itemId)), today }),
    );
  }

  private act(
    id: string,
    expectedVersion: number,
    access: Access,
    act: (work: Work, application: Application, today: Day) => Promise<void>,
  ): Promise<Changed> {
    return this.work.run(async (work) => {
      const application = await loadVisible(work, Application, id, access.caller, expectedVersion);
      await act(work, application, dayOf(this.clock.now()));
      const { version, personId } = application;
      await this.personalData.record(work, 'WRITE', access, { personId, fieldGroups: ['APPLICATION'], caseRef: id });
      return { id, version };
    });
  }
}

import { programmeAdoptedV1 } from '@okienko/contracts/catalogue/programme-adopted.v1';
import { programmeAmendedV1 } from '@okienko/contracts/catalogue/programme-amended.v1';
import { programmeAmendmentDraftedV1 } from '@okienko/contracts/catalogue/programme-amendment-drafted.v1';
import { programmeAmendmentWithdrawnV1 } from '@okienko/contracts/catalogue/programme-amendment-withdrawn.v1';
import { programmeClosingInformationPublishedV1 } from '@okienko/contracts/catalogue/programme-closing-information-published.v1';
import { programmeConsultedV1 } from '@okienko/contracts/catalogue/programme-consulted.v1';
import { programmeDraftedV1 } from '@okienko/contracts/catalogue/programme-drafted.v1';
import { programmeEndedV1 } from '@okienko/contracts/catalogue/programme-ended.v1';
import { programmeEnteredIntoForceV1 } from '@okienko/contracts/catalogue/programme-entered-into-force.v1';
import { programmePublishedV1 } from '@okienko/contracts/catalogue/programme-published.v1';
import { addDays, type Day } from '@okienko/contracts/calendar';
import { NotInState } from '@okienko/contracts/domain-error';
import { type DataOf, type DomainEvent, event } from '@okienko/contracts/event';
import { termsOn } from '../terms/statutory-terms';
import { type Closing, closingDueOn, closingNotices } from './programme-closing';
import { assertComplete, assertConsistent, type ProgrammeContent, toldOf } from './programme-content';
import {
  AmendmentPending,
  DaysReversed,
  EndsBeforeItBegins,
  NoAmendment,
  NotYetHappened,
  OutsideItsPeriod,
  PeriodMoved,
} from './programme-errors';
import { feeDataOf } from './programme-fee';
import { assertScoped } from './programme-scope';

export const programmeStates = [
  'DRAFT',
  'CONSULTED',
  'ADOPTED',
  'PUBLISHED_IN_JOURNAL',
  'IN_FORCE',
  'ENDED',
  'REPORTED',
] as const;
export type ProgrammeState = (typeof programmeStates)[number];

/** Consulting a programme is customary, not mandatory: the Act demands it of the diagnosis only (art. 21(5)). */
const nextStates: Record<ProgrammeState, readonly ProgrammeState[]> = {
  DRAFT: ['CONSULTED', 'ADOPTED'],
  CONSULTED: ['ADOPTED'],
  ADOPTED: ['PUBLISHED_IN_JOURNAL'],
  PUBLISHED_IN_JOURNAL: ['IN_FORCE'],
  IN_FORCE: ['ENDED'],
  ENDED: ['REPORTED'],
  REPORTED: [],
};

type Told<Data> = Omit<Data, 'programmeVersion'>;
export type Consultation = Told<DataOf<typeof programmeConsultedV1>>;
export type Adoption = Told<DataOf<typeof programmeAdoptedV1>>;
export type JournalPublication = Told<DataOf<typeof programmePublishedV1>>;

/** What has been done about an edition so far. */
export interface ProgrammeActs {
  readonly consultation?: Consultation;
  readonly adoption?: Adoption;
  readonly journalPublication?: JournalPublication;
  readonly endedOn?: Day;
  readonly closing?: Closing;
}

/** The programme as one resolution words it. Its content never changes: an amendment is another resolution, and another edition. */
export interface Edition {
  /** What a case is qualified under; not the row's `version`. */
  readonly programmeVersion: number;
  readonly state: ProgrammeState;
  readonly content: ProgrammeContent;
  readonly acts: ProgrammeActs;
}

/** An edition that is none any longer, because a later one took its place or because it was given up. */
export interface FormerEdition extends Omit<Edition, 'state'> {
  readonly state: 'SUPERSEDED' | 'WITHDRAWN';
}

/** A programme of social services: an act of local law (art. 4), in its edition of today, with one that may be prepared to follow it. */
export class Programme {
  private constructor(
    readonly id: string,
    readonly version: number,
    private programmeVersion: number,
    private state: ProgrammeState,
    private content: ProgrammeContent,
    private acts: ProgrammeActs,
    private amendment: Edition | null,
    private former: readonly FormerEdition[],
  ) {}

  static draft(id: string, content: ProgrammeContent): Programme {
    assertConsistent(content);
    return new Programme(id, 0, 1, 'DRAFT', content, {}, null, []);
  }

  drafted(): DomainEvent<typeof programmeDraftedV1> {
    const { terc, validFrom, validTo } = this.content;
    return event(programmeDraftedV1, this.id, { terc, validFrom, validTo }, terc);
  }

  /** Begins another edition beside the one in force. The place and the first day are history, which no resolution changes. */
  amend(content: ProgrammeContent): DomainEvent<typeof programmeAmendmentDraftedV1> {
    if (this.state !== 'IN_FORCE') throw new NotInState('programme', 'amended', this.state);
    if (this.amendment) throw new AmendmentPending(this.amendment.programmeVersion);
    assertConsistent(content);
    const { terc, validFrom } = this.content;
    if (content.terc !== terc || content.validFrom !== validFrom) throw new PeriodMoved(terc, validFrom);
    const last = Math.max(this.programmeVersion, ...this.former.map((edition) => edition.programmeVersion));
    this.amendment = { programmeVersion: last + 1, state: 'DRAFT', content, acts: {} };
    const { validTo } = content;
    return event(programmeAmendmentDraftedV1, this.id, { programmeVersion: last + 1, validTo }, terc);
  }

  withdrawAmendment(): DomainEvent<typeof programmeAmendmentWithdrawnV1> {
    if (!this.amendment) throw new NoAmendment();
    const { programmeVersion } = this.amendment;
    this.giveUpAmendment();
    return event(programmeAmendmentWithdrawnV1, this.id, { programmeVersion }, this.content.terc);
  }

  consult(consultation: Consultation, today: Day): DomainEvent<typeof programmeConsultedV1> {
    const { programmeVersion } = this.prepare('CONSULTED', 'consulted', () => {
      assertInOrder(consultation.from, consultation.to, today);
      return { consultation };
    });
    return event(programmeConsultedV1, this.id, { ...consultation, programmeVersion }, this.content.terc);
  }

  adopt(adoption: Adoption, today: Day): DomainEvent<typeof programmeAdoptedV1> {
    const { programmeVersion } = this.prepare('ADOPTED', 'adopted', ({ content, acts }) => {
      assertComplete(content);
      assertScoped(content, adoption.adoptedOn);
      assertInOrder(acts.consultation?.to ?? adoption.adoptedOn, adoption.adoptedOn, today);
      return { adoption };
    });
    return event(programmeAdoptedV1, this.id, { ...adoption, programmeVersion }, this.content.terc);
  }

  /**
   * The day of entry into force is the resolution's, or else what the law says of acts of local law. When it has come already, the edition
   * is in force at once: the law decides that, and not who records it.
   */
  publish(publication: JournalPublication, today: Day): readonly [DomainEvent, ...DomainEvent[]] {
    const { publishedOn } = publication;
    const inForceFrom = publication.inForceFrom ?? addDays(publishedOn, termsOn(publishedOn).vacatioLegisDays);
    const journalPublication = { ...publication, inForceFrom };
    const { programmeVersion } = this.prepare(
      'PUBLISHED_IN_JOURNAL',
      'published in the journal',
      ({ content, acts }) => {
        assertInOrder(acts.adoption?.adoptedOn ?? publishedOn, publishedOn, today);
        if (inForceFrom < publishedOn) throw new DaysReversed(publishedOn, inForceFrom);
        if (content.validTo < inForceFrom) throw new EndsBeforeItBegins(inForceFrom, content.validTo);
        return { journalPublication };
      },
    );
    const published = event(
      programmePublishedV1,
      this.id,
      { ...journalPublication, programmeVersion },
      this.content.terc,
    );
    return [published, ...this.keepCalendar(today)];
  }

  /** Ends before its time, on the day of repeal. The last day of its period needs no act. */
  end(repealedOn: Day, today: Day): DomainEvent<typeof programmeEndedV1> {
    if (!nextStates[this.state].includes('ENDED')) throw new NotInState('programme', 'ended', this.state);
    const { validFrom, validTo } = this.content;
    if (repealedOn > today) throw new NotYetHappened(repealedOn);
    if (repealedOn < validFrom || repealedOn > validTo) throw new OutsideItsPeriod(validFrom, validTo);
    return this.endOn(repealedOn);
  }

  /** Its closing information is fixed and public (art. 6). */
  report(today: Day): DomainEvent<typeof programmeClosingInformationPublishedV1> {
    const { endedOn } = this.acts;
    if (endedOn === undefined || !nextStates[this.state].includes('REPORTED'))
      throw new NotInState('programme', 'reported', this.state);
    this.state = 'REPORTED';
    this.acts = { ...this.acts, closing: { ...this.acts.closing, publishedOn: today } };
    const data = { endedOn, dueOn: closingDueOn(endedOn), publishedOn: today };
    return event(programmeClosingInformationPublishedV1, this.id, data, this.content.terc);
  }

  /** What the calendar has brought about by that day, in the order of the days, however long nobody looked. */
  keepCalendar(today: Day): DomainEvent[] {
    const events: DomainEvent[] = [];
    for (;;) {
      const over = this.state === 'IN_FORCE' ? addDays(this.content.validTo, 1) : undefined;
      const from = this.inPreparation.state === 'PUBLISHED_IN_JOURNAL' ? this.inForceFrom : undefined;
      // An edition that begins when the other ends prolongs the programme.
      if (from !== undefined && from <= today && (over === undefined || from <= over)) events.push(...this.takeForce());
      else if (over !== undefined && over <= today) events.push(this.endOn(this.content.validTo));
      else return [...events, ...this.remindOfClosing(today)];
    }
  }

  private takeForce(): DomainEvent[] {
    const inForceFrom = this.inForceFrom;
    const { programmeVersion, content, acts } = this.inPreparation;
    const { terc, validFrom, validTo, expectedPersons, fee, services, dataScope } = content;
    const isAmendment = this.amendment !== null;
    if (isAmendment) {
      const { programmeVersion: before, content: was, acts: done } = this;
      this.former = [...this.former, { programmeVersion: before, state: 'SUPERSEDED', content: was, acts: done }];
      this.amendment = null;
    }
    Object.assign(this, { programmeVersion, content, acts });
    this.state = 'IN_FORCE';
    const inForce = event(
      programmeEnteredIntoForceV1,
      this.id,
      {
        programmeVersion,
        terc,
        inForceFrom,
        validFrom,
        validTo,
        expectedPersons,
        fee: feeDataOf(fee),
        services: services.map(toldOf),
        dataScope: [...dataScope],
      },
      terc,
    );
    return isAmendment
      ? [event(programmeAmendedV1, this.id, { programmeVersion, inForceFrom }, terc), inForce]
      : [inForce];
  }

  private endOn(endedOn: Day): DomainEvent<typeof programmeEndedV1> {
    this.state = 'ENDED';
    this.acts = { ...this.acts, endedOn };
    this.giveUpAmendment();
    return event(programmeEndedV1, this.id, { endedOn }, this.content.terc);
  }

  private remindOfClosing(today: Day): DomainEvent[] {
    const { endedOn, closing = {} } = this.acts;
    if (this.state !== 'ENDED' || endedOn === undefined) return [];
    const notices = closingNotices(endedOn, closing, today);
    for (const { $id } of notices) {
      const told = $id === 'catalogue.programme.closing-information-due.v1' ? 'remindedOn' : 'missedOn';
      this.acts = { ...this.acts, closing: { ...this.acts.closing, [told]: today } };
    }
    const data = { endedOn, dueOn: closingDueOn(endedOn) };
    return notices.map((contract) => event(contract, this.id, data, this.content.terc));
  }

  private giveUpAmendment(): void {
    if (this.amendment) this.former = [...this.former, { ...this.amendment, state: 'WITHDRAWN' }];
    this.amendment = null;
  }

  /** The edition that acts are recorded of. */
  private get inPreparation(): Edition {
    const { programmeVersion, state, content, acts } = this;
    return this.amendment ?? { programmeVersion, state, content, acts };
  }

  private get inForceFrom(): Day {
    const { content, acts } = this.inPreparation;
    const publishedOn = acts.journalPublication?.publishedOn ?? content.validFrom;
    const from = acts.journalPublication?.inForceFrom ?? addDays(publishedOn, termsOn(publishedOn).vacatioLegisDays);
    return from < content.validFrom ? content.validFrom : from;
  }

  private prepare(next: ProgrammeState, act: string, done: (edition: Edition) => ProgrammeActs): Edition {
    const edition = this.inPreparation;
    if (!nextStates[edition.state].includes(next)) throw new NotInState('programme', act, edition.state);
    const acts = { ...edition.acts, ...done(edition) };
    if (this.amendment) this.amendment = { ...edition, state: next, acts };
    else Object.assign(this, { state: next, acts });
    return edition;
  }
}

function assertInOrder(earlier: Day, later: Day, today: Day): void {
  if (later < earlier) throw new DaysReversed(earlier, later);
  if (later > today) throw new NotYetHappened(later);
}

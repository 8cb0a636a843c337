import { programmeAdoptedV1 } from '@okienko/contracts/catalogue/programme-adopted.v1';
import { programmeConsultedV1 } from '@okienko/contracts/catalogue/programme-consulted.v1';
import { programmeDraftedV1 } from '@okienko/contracts/catalogue/programme-drafted.v1';
import { programmeEndedV1 } from '@okienko/contracts/catalogue/programme-ended.v1';
import { programmeEnteredIntoForceV1 } from '@okienko/contracts/catalogue/programme-entered-into-force.v1';
import { programmePublishedV1 } from '@okienko/contracts/catalogue/programme-published.v1';
import type { Day } from '@okienko/contracts/calendar';
import { NotInState } from '@okienko/contracts/domain-error';
import { type DataOf, type DomainEvent, event } from '@okienko/contracts/event';
import { assertComplete, assertConsistent, type ProgrammeContent } from './programme-content';
import { DaysReversed, NotYetHappened, OutsideItsPeriod } from './programme-errors';

export const programmeStates = ['DRAFT', 'CONSULTED', 'ADOPTED', 'PUBLISHED_IN_JOURNAL', 'IN_FORCE', 'ENDED'] as const;
export type ProgrammeState = (typeof programmeStates)[number];

/** Consulting a programme is customary, not mandatory: the Act demands it of the diagnosis only (art. 21(5)). */
const nextStates: Record<ProgrammeState, readonly ProgrammeState[]> = {
  DRAFT: ['CONSULTED', 'ADOPTED'],
  CONSULTED: ['ADOPTED'],
  ADOPTED: ['PUBLISHED_IN_JOURNAL'],
  PUBLISHED_IN_JOURNAL: ['IN_FORCE'],
  IN_FORCE: ['ENDED'],
  ENDED: [],
};

export type Consultation = DataOf<typeof programmeConsultedV1>;
export type Adoption = DataOf<typeof programmeAdoptedV1>;
export type JournalPublication = DataOf<typeof programmePublishedV1>;

/** What has been done about the programme so far. */
export interface ProgrammeActs {
  readonly consultation?: Consultation;
  readonly adoption?: Adoption;
  readonly journalPublication?: JournalPublication;
  readonly endedOn?: Day;
}

/** A programme of social services: an act of local law (art. 4), so its content never changes once it is drafted. */
export class Programme {
  private constructor(
    readonly id: string,
    readonly version: number,
    /** Edition of the programme that a case is qualified under; not the row's `version`. */
    readonly programmeVersion: number,
    private state: ProgrammeState,
    private readonly content: ProgrammeContent,
    private acts: ProgrammeActs,
  ) {}

  static draft(id: string, content: ProgrammeContent): Programme {
    assertConsistent(content);
    return new Programme(id, 0, 1, 'DRAFT', content, {});
  }

  drafted(): DomainEvent<typeof programmeDraftedV1> {
    const { terc, validFrom, validTo } = this.content;
    return event(programmeDraftedV1, this.id, { terc, validFrom, validTo }, terc);
  }

  consult(consultation: Consultation, today: Day): DomainEvent<typeof programmeConsultedV1> {
    this.moveTo('CONSULTED', 'consulted');
    assertInOrder(consultation.from, consultation.to, today);
    this.acts = { consultation };
    return event(programmeConsultedV1, this.id, consultation, this.content.terc);
  }

  adopt(adoption: Adoption, today: Day): DomainEvent<typeof programmeAdoptedV1> {
    this.moveTo('ADOPTED', 'adopted');
    assertComplete(this.content);
    assertInOrder(this.acts.consultation?.to ?? adoption.adoptedOn, adoption.adoptedOn, today);
    this.acts = { ...this.acts, adoption };
    return event(programmeAdoptedV1, this.id, adoption, this.content.terc);
  }

  publish(journalPublication: JournalPublication, today: Day): DomainEvent<typeof programmePublishedV1> {
    this.moveTo('PUBLISHED_IN_JOURNAL', 'published in the journal');
    assertInOrder(
      this.acts.adoption?.adoptedOn ?? journalPublication.publishedOn,
      journalPublication.publishedOn,
      today,
    );
    this.acts = { ...this.acts, journalPublication };
    return event(programmePublishedV1, this.id, journalPublication, this.content.terc);
  }

  enterIntoForce(today: Day): DomainEvent<typeof programmeEnteredIntoForceV1> {
    this.moveTo('IN_FORCE', 'put into force');
    const { terc, validFrom, validTo, services, dataScope } = this.content;
    if (today < validFrom || today > validTo) throw new OutsideItsPeriod(validFrom, validTo);
    return event(
      programmeEnteredIntoForceV1,
      this.id,
      {
        programmeVersion: this.programmeVersion,
        terc,
        validFrom,
        validTo,
        services: services.map(({ serviceCode, expectedPersons, queueRule }) => ({
          serviceCode,
          expectedPersons,
          queueRule,
        })),
        dataScope: [...dataScope],
      },
      terc,
    );
  }

  /** Ends because its period is over, or earlier, on the day the council has repealed it. */
  end(repealedOn: Day | undefined, today: Day): DomainEvent<typeof programmeEndedV1> {
    this.moveTo('ENDED', 'ended');
    const { terc, validFrom, validTo } = this.content;
    if (repealedOn !== undefined && repealedOn > today) throw new NotYetHappened(repealedOn);
    const endedOn = repealedOn ?? validTo;
    if (endedOn < validFrom || endedOn > validTo) throw new OutsideItsPeriod(validFrom, validTo);
    if (repealedOn === undefined && today <= validTo) throw new OutsideItsPeriod(validFrom, validTo);
    this.acts = { ...this.acts, endedOn };
    return event(programmeEndedV1, this.id, { endedOn }, terc);
  }

  private moveTo(next: ProgrammeState, act: string): void {
    if (!nextStates[this.state].includes(next)) throw new NotInState('programme', act, this.state);
    this.state = next;
  }
}

function assertInOrder(earlier: Day, later: Day, today: Day): void {
  if (later < earlier) throw new DaysReversed(earlier, later);
  if (later > today) throw new NotYetHappened(later);
}

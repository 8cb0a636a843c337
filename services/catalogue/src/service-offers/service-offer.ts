import { isDeepStrictEqual } from 'node:util';
import { type Day } from '@okienko/contracts/calendar';
import { serviceOfferConfirmedV1 } from '@okienko/contracts/catalogue/service-offer-confirmed.v1';
import { serviceOfferDraftedV1 } from '@okienko/contracts/catalogue/service-offer-drafted.v1';
import { serviceOfferPublishedV1 } from '@okienko/contracts/catalogue/service-offer-published.v1';
import { serviceOfferRevisedV1 } from '@okienko/contracts/catalogue/service-offer-revised.v1';
import { serviceOfferWithdrawnV1 } from '@okienko/contracts/catalogue/service-offer-withdrawn.v1';
import { DomainError, NotInState } from '@okienko/contracts/domain-error';
import { type DomainEvent, event } from '@okienko/contracts/event';
import type { ProgrammeState } from '../programmes/programme';
import { NotYetHappened } from '../programmes/programme-errors';
import type { ServiceOfferContent } from './service-offer-content';

export const serviceOfferStates = ['DRAFT', 'PUBLISHED', 'WITHDRAWN'] as const;
export type ServiceOfferState = (typeof serviceOfferStates)[number];

const nextStates: Record<ServiceOfferState, readonly ServiceOfferState[]> = {
  DRAFT: ['PUBLISHED'],
  PUBLISHED: ['WITHDRAWN'],
  WITHDRAWN: [],
};

/** What an offer has to know of the programme that it names. */
export interface OfferedProgramme {
  readonly state: ProgrammeState;
  readonly serviceCodes: readonly string[];
}

export class NotInProgramme extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'service-not-in-programme';
  override readonly basis = 'art. 5 ust. 3 pkt 5';
  constructor() {
    super('An offer of the track PUS names a programme and one of its services; no other track names either.');
  }
}

export class ProgrammeNotInForce extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'programme-not-in-force';
  override readonly basis = 'art. 4';
  constructor(state: string) {
    super(`The programme is ${state}. Publish the offer once the programme is in force.`);
  }
}

/** What plans, orders and agreements count on. */
const lasting = ['programmeId', 'serviceCode', 'legalTrack', 'terc', 'unit'] as const;
/** What comes with the programme that an offer has waited for. */
const ofProgramme: readonly string[] = ['programmeId', 'serviceCode', 'unit'] satisfies (typeof lasting)[number][];

export class AnotherOffer extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'another-offer';
  constructor(fields: readonly string[]) {
    super(`${fields.join(', ')} cannot change: others count on it. Withdraw this offer, and draft another.`);
  }
}

export class NoOwner extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'not-information-only';
  constructor() {
    super("Only an entry about another body's service is confirmed; the centre's own offers are revised.");
  }
}

export class OwnOffer extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'own-offer';
  constructor() {
    super(
      "This is an offer of the centre itself. It is revised here, and no feed of another body's services changes it.",
    );
  }
}

export class InformationOnlyUnderPus extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'information-only-under-pus';
  override readonly basis = 'art. 13 ust. 1 pkt 9';
  constructor() {
    super(
      "A service of the centre's own programme is not another body's. Leave out informationOnly, or name another legal track.",
    );
  }
}

/** A service as the public directory offers it (art. 13(1)(9)), under the Act's programme or any other law. */
export class ServiceOffer {
  private constructor(
    readonly id: string,
    readonly version: number,
    private state: ServiceOfferState,
    private content: ServiceOfferContent,
  ) {}

  static draft(id: string, content: ServiceOfferContent, programme: OfferedProgramme | undefined): ServiceOffer {
    if (!belongs(content, programme)) throw new NotInProgramme();
    if (content.informationOnly && content.legalTrack === 'PUS') throw new InformationOnlyUnderPus();
    return new ServiceOffer(id, 0, 'DRAFT', content);
  }

  /** As a catalogue lists it. Of the track PUS it may not say yet which programme and service it is; it waits for that as a draft. */
  static listed(id: string, content: ServiceOfferContent): ServiceOffer {
    return awaitsProgramme(content)
      ? new ServiceOffer(id, 0, 'DRAFT', content)
      : ServiceOffer.draft(id, content, undefined);
  }

  get programmeId(): string | undefined {
    return this.content.programmeId;
  }

  /** What it is found by. */
  get indexed(): { id: string; published: boolean; content: ServiceOfferContent } {
    return { id: this.id, published: this.state === 'PUBLISHED', content: this.content };
  }

  get isWithdrawn(): boolean {
    return this.state === 'WITHDRAWN';
  }

  get awaitsProgramme(): boolean {
    return awaitsProgramme(this.content);
  }

  drafted(): DomainEvent<typeof serviceOfferDraftedV1> {
    const { legalTrack, terc } = this.content;
    return event(serviceOfferDraftedV1, this.id, { legalTrack, terc }, terc);
  }

  publish(programme: OfferedProgramme | undefined): DomainEvent<typeof serviceOfferPublishedV1> {
    this.moveTo('PUBLISHED', 'published');
    if (this.awaitsProgramme) throw new NotInProgramme();
    if (programme && programme.state !== 'IN_FORCE') throw new ProgrammeNotInForce(programme.state);
    const { programmeId, serviceCode, legalTrack, recipientKind, areas, terc, unit, name } = this.content;
    return event(
      serviceOfferPublishedV1,
      this.id,
      {
        ...(programmeId === undefined ? {} : { programmeId }),
        ...(serviceCode === undefined ? {} : { serviceCode }),
        legalTrack,
        recipientKind,
        areas: [...areas],
        terc,
        unit,
        name: name.pl,
      },
      terc,
    );
  }

  /**
   * Says the same service better: texts, hours, terms. What others count on stays as it is; but one that waits for its programme may be
   * given it, together with the unit in which the programme counts.
   */
  revise(content: ServiceOfferContent, programme?: OfferedProgramme): DomainEvent<typeof serviceOfferRevisedV1> {
    if (this.state === 'WITHDRAWN') throw new NotInState('service offer', 'revised', this.state);
    const fixed = this.awaitsProgramme ? lasting.filter((field) => !ofProgramme.includes(field)) : lasting;
    const changed = fixed.filter((field) => content[field] !== this.content[field]);
    if (changed.length > 0) throw new AnotherOffer(changed);
    if (this.awaitsProgramme && !awaitsProgramme(content) && !belongs(content, programme)) throw new NotInProgramme();
    if (content.informationOnly && content.legalTrack === 'PUS') throw new InformationOnlyUnderPus();
    this.content = content;
    const { areas, recipientKind, name, terc } = content;
    return event(serviceOfferRevisedV1, this.id, { recipientKind, areas: [...areas], name: name.pl }, terc);
  }

  /** The owner has said on that day that the entry is still right. */
  confirm(confirmedOn: Day, today: Day): DomainEvent<typeof serviceOfferConfirmedV1> {
    const { informationOnly, terc } = this.content;
    if (!informationOnly) throw new NoOwner();
    if (this.state === 'WITHDRAWN') throw new NotInState('service offer', 'confirmed', this.state);
    if (confirmedOn > today) throw new NotYetHappened(confirmedOn);
    const latest = confirmedOn > informationOnly.confirmedOn ? confirmedOn : informationOnly.confirmedOn;
    this.content = { ...this.content, informationOnly: { ...informationOnly, confirmedOn: latest } };
    return event(serviceOfferConfirmedV1, this.id, { confirmedOn: latest }, terc);
  }

  /** What the owner's feed says of its service now. Tells what that changes, in order: nothing, if nothing. */
  takeOver(content: ServiceOfferContent, isOpen: boolean, today: Day): DomainEvent[] {
    const [now, next] = [this.content.informationOnly, content.informationOnly];
    if (!now || !next) throw new OwnOffer();
    if (this.state === 'WITHDRAWN') {
      if (isOpen) throw new NotInState('service offer', 'published', this.state);
      return [];
    }
    const confirmedOn = next.confirmedOn > now.confirmedOn ? next.confirmedOn : now.confirmedOn;
    const saysTheSame = isDeepStrictEqual(this.content, {
      ...content,
      informationOnly: { ...next, confirmedOn: now.confirmedOn },
    });
    const events: DomainEvent[] = [];
    if (!saysTheSame) events.push(this.revise({ ...content, informationOnly: { ...next, confirmedOn } }));
    else if (confirmedOn > now.confirmedOn) events.push(this.confirm(confirmedOn, today));
    if (isOpen && this.state === 'DRAFT') events.push(this.publish(undefined));
    if (!isOpen && this.state === 'PUBLISHED') events.push(this.withdraw('CLOSED_BY_OWNER'));
    return events;
  }

  withdraw(reasonCode: string): DomainEvent<typeof serviceOfferWithdrawnV1> {
    this.moveTo('WITHDRAWN', 'withdrawn');
    return event(serviceOfferWithdrawnV1, this.id, { reasonCode }, this.content.terc);
  }

  private moveTo(next: ServiceOfferState, act: string): void {
    if (!nextStates[this.state].includes(next)) throw new NotInState('service offer', act, this.state);
    this.state = next;
  }
}

const awaitsProgramme = ({ legalTrack, programmeId, serviceCode }: ServiceOfferContent): boolean =>
  legalTrack === 'PUS' && programmeId === undefined && serviceCode === undefined;

function belongs(
  { legalTrack, programmeId, serviceCode }: ServiceOfferContent,
  programme: OfferedProgramme | undefined,
): boolean {
  if (legalTrack !== 'PUS') return programmeId === undefined && serviceCode === undefined;
  return programme !== undefined && serviceCode !== undefined && programme.serviceCodes.includes(serviceCode);
}

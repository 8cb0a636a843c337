import { type Day } from '@okienko/contracts/calendar';
import { decisionAppealHandedOverV1 } from '@okienko/contracts/cases/decision-appeal-handed-over.v1';
import { decisionAppealWithdrawnV1 } from '@okienko/contracts/cases/decision-appeal-withdrawn.v1';
import { decisionAppealedV1 } from '@okienko/contracts/cases/decision-appealed.v1';
import { decisionDeliveredV1 } from '@okienko/contracts/cases/decision-delivered.v1';
import { decisionIssuedV1 } from '@okienko/contracts/cases/decision-issued.v1';
import { decisionQuashedV1 } from '@okienko/contracts/cases/decision-quashed.v1';
import { decisionReviewedV1 } from '@okienko/contracts/cases/decision-reviewed.v1';
import { decisionUpheldV1 } from '@okienko/contracts/cases/decision-upheld.v1';
import { DomainError, NotInState } from '@okienko/contracts/domain-error';
import { type DomainEvent, event } from '@okienko/contracts/event';
import { clockFrom, type Term } from '../terms/clocks';
import { type Appeal, type AppealChannel, AppealLate, assertInSequence, type Ruling } from './appeal';
import { assertMayBecome, type DecisionState, standsIn } from './decision-states';
import { type Delivery, type DeliveryChannel, DeliveryDateWrong } from './delivery';

export class DecisionNumberUsed extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'decision-number-used';
  constructor() {
    super('Another decision has this number. Take the next one from the register.');
  }
}

/** PART_REFUSAL refuses the rest of what was granted in part. */
export type DecisionKind = 'REFUSAL' | 'PART_REFUSAL';

/** Which unit of the centre it belongs to, and which gmina it concerns. */
export interface Belonging {
  readonly unit: string;
  readonly terc: string;
}

export interface Refusal {
  readonly kind: DecisionKind;
  readonly applicationId: string;
  readonly itemId: string;
  readonly personId: string;
  readonly number: string;
  readonly legalBasis: string;
  /** Ciphertext: the reasons speak of a person's life. */
  readonly reasons: Buffer;
  readonly authorisationId: string;
  readonly appealDays: number;
}

/** An administrative decision (art. 42(3), 48), and what becomes of an appeal against it. */
export class Decision {
  private constructor(
    readonly id: string,
    readonly version: number,
    readonly unit: string,
    readonly terc: string,
    readonly kind: DecisionKind,
    readonly applicationId: string,
    readonly itemId: string,
    readonly personId: string,
    readonly number: string,
    readonly legalBasis: string,
    readonly reasons: Buffer,
    readonly authorisationId: string,
    readonly appealDays: number,
    readonly issuedBy: string,
    readonly issuedOn: Day,
    private state: DecisionState,
    private delivery: Delivery | null,
    private appeal: Appeal | null,
    /** Of an item one decision stands at a time; kept for the index. */
    public stands: boolean,
  ) {}

  static refuse(id: string, { unit, terc }: Belonging, refusal: Refusal, issuedBy: string, today: Day): Decision {
    const { kind, applicationId, itemId, personId, number, legalBasis, reasons, authorisationId, appealDays } = refusal;
    return new Decision(
      id,
      0,
      unit,
      terc,
      kind,
      applicationId,
      itemId,
      personId,
      number,
      legalBasis,
      reasons,
      authorisationId,
      appealDays,
      issuedBy,
      today,
      'ISSUED',
      null,
      null,
      true,
    );
  }

  /** The appeal term runs from delivery, whose day is not counted, and does not end on a free day (KPA art. 57 § 1, 4). */
  deliver(deliveredOn: Day, channel: DeliveryChannel, today: Day, noticeLeftOn?: Day): Term {
    this.assertMayBecome('DELIVERED', 'delivered');
    if ((noticeLeftOn ?? deliveredOn) < this.issuedOn || today < deliveredOn) throw new DeliveryDateWrong();
    const term = clockFrom('APPEAL', deliveredOn, this.appealDays);
    this.state = 'DELIVERED';
    this.delivery = {
      deliveredOn,
      channel,
      appealUntil: term.dueOn,
      ...(noticeLeftOn === undefined ? {} : { noticeLeftOn }),
    };
    return term;
  }

  fileAppeal(filedOn: Day, channel: AppealChannel, today: Day): void {
    this.assertMayBecome('APPEALED', 'appealed against');
    const { deliveredOn = '', appealUntil = '' } = this.delivery ?? {};
    assertInSequence(deliveredOn, filedOn, today);
    this.state = 'APPEALED';
    this.appeal = { filedOn, channel, inTime: filedOn <= appealUntil };
  }

  /** To the appeal body, with the files (KPA art. 133). */
  handOver(handedOverOn: Day, today: Day): void {
    this.assertMayBecome('HANDED_OVER', 'handed over');
    this.goOn('HANDED_OVER', { handedOverOn }, handedOverOn, today);
  }

  /** The centre grants the whole appeal itself (KPA art. 132). */
  review(today: Day): void {
    this.assertMayBecome('REVIEWED', 'reviewed');
    if (!this.filedAppeal.inTime) throw new AppealLate();
    this.goOn('REVIEWED', { endedOn: today }, today);
  }

  rule(ruling: Ruling, ruledOn: Day, today: Day): void {
    this.assertMayBecome(ruling, 'ruled on');
    this.goOn(ruling, { endedOn: ruledOn }, ruledOn, today);
  }

  withdrawAppeal(withdrawnOn: Day, today: Day): void {
    this.assertMayBecome('APPEAL_WITHDRAWN', 'left without the appeal');
    this.goOn('APPEAL_WITHDRAWN', { endedOn: withdrawnOn }, withdrawnOn, today);
  }

  issued(): DomainEvent<typeof decisionIssuedV1> {
    const { kind, authorisationId, appealDays } = this;
    return event(decisionIssuedV1, this.id, { ...this.matter, kind, authorisationId, appealDays }, this.terc);
  }

  delivered(): DomainEvent<typeof decisionDeliveredV1> {
    if (!this.delivery) throw new NotInState('decision', 'reported as delivered', this.state);
    const { deliveredOn, appealUntil } = this.delivery;
    return event(decisionDeliveredV1, this.id, { ...this.matter, deliveredOn, appealUntil }, this.terc);
  }

  appealed(): DomainEvent<typeof decisionAppealedV1> {
    const { filedOn, inTime } = this.filedAppeal;
    return event(decisionAppealedV1, this.id, { ...this.matter, filedOn, inTime }, this.terc);
  }

  appealHandedOver(handedOverOn: Day): DomainEvent<typeof decisionAppealHandedOverV1> {
    return event(decisionAppealHandedOverV1, this.id, { ...this.matter, handedOverOn }, this.terc);
  }

  reviewed(reviewedOn: Day, authorisationId: string): DomainEvent<typeof decisionReviewedV1> {
    return event(decisionReviewedV1, this.id, { ...this.matter, reviewedOn, authorisationId }, this.terc);
  }

  ruled(ruling: Ruling, ruledOn: Day): DomainEvent<typeof decisionUpheldV1 | typeof decisionQuashedV1> {
    const contract = { UPHELD: decisionUpheldV1, QUASHED: decisionQuashedV1 }[ruling];
    return event(contract, this.id, { ...this.matter, ruledOn }, this.terc);
  }

  appealWithdrawn(withdrawnOn: Day): DomainEvent<typeof decisionAppealWithdrawnV1> {
    return event(decisionAppealWithdrawnV1, this.id, { ...this.matter, withdrawnOn }, this.terc);
  }

  private get matter(): Pick<Decision, 'applicationId' | 'itemId' | 'personId'> {
    const { applicationId, itemId, personId } = this;
    return { applicationId, itemId, personId };
  }

  private get filedAppeal(): Appeal {
    if (!this.appeal) throw new NotInState('decision', 'said to be appealed against', this.state);
    return this.appeal;
  }

  private assertMayBecome(next: DecisionState, act: string): void {
    assertMayBecome(this.state, next, act);
  }

  private goOn(next: DecisionState, more: Partial<Appeal>, ...days: readonly Day[]): void {
    const { filedOn, handedOverOn = filedOn } = this.filedAppeal;
    assertInSequence(filedOn, handedOverOn, ...days);
    this.appeal = { ...this.filedAppeal, ...more };
    this.state = next;
    this.stands = standsIn(next);
  }
}

import { addDays, type Day } from '@okienko/contracts/calendar';
import { decisionDeliveredV1 } from '@okienko/contracts/cases/decision-delivered.v1';
import { decisionIssuedV1 } from '@okienko/contracts/cases/decision-issued.v1';
import { DomainError, NotInState } from '@okienko/contracts/domain-error';
import { type DomainEvent, event } from '@okienko/contracts/event';
import { nextWorkingDay } from '../terms/working-days';

export type DeliveryChannel = 'E_DORECZENIA' | 'POST' | 'IN_PERSON';
export type DecisionState = 'ISSUED' | 'DELIVERED';

export interface Delivery {
  readonly deliveredOn: Day;
  readonly channel: DeliveryChannel;
  /** Last day on which an appeal may be filed. */
  readonly appealUntil: Day;
}

export class DecisionNumberUsed extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'decision-number-used';
  constructor() {
    super('Another decision has this number. Take the next one from the register.');
  }
}

export class DeliveryDateWrong extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'delivery-date-wrong';
  constructor() {
    super('A decision is delivered between the day it was issued and today.');
  }
}

/** Which unit of the centre it belongs to, and which gmina it concerns. */
export interface Belonging {
  readonly unit: string;
  readonly terc: string;
}

export interface Refusal {
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

/** An administrative decision (art. 42(3), 48). Refusals are the only kind so far. */
export class Decision {
  private constructor(
    readonly id: string,
    readonly version: number,
    readonly unit: string,
    readonly terc: string,
    readonly kind: 'REFUSAL',
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
  ) {}

  static refuse(id: string, { unit, terc }: Belonging, refusal: Refusal, issuedBy: string, today: Day): Decision {
    const { applicationId, itemId, personId, number, legalBasis, reasons, authorisationId, appealDays } = refusal;
    return new Decision(
      id,
      0,
      unit,
      terc,
      'REFUSAL',
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
    );
  }

  /** The appeal term runs from delivery, whose day is not counted, and does not end on a free day (KPA art. 57 § 1, 4). */
  deliver(deliveredOn: Day, channel: DeliveryChannel, today: Day): void {
    if (this.state !== 'ISSUED') throw new NotInState('decision', 'delivered', this.state);
    if (deliveredOn < this.issuedOn || today < deliveredOn) throw new DeliveryDateWrong();
    this.state = 'DELIVERED';
    this.delivery = { deliveredOn, channel, appealUntil: nextWorkingDay(addDays(deliveredOn, this.appealDays)) };
  }

  issued(): DomainEvent<typeof decisionIssuedV1> {
    const { applicationId, itemId, personId, kind, authorisationId, appealDays } = this;
    return event(
      decisionIssuedV1,
      this.id,
      { applicationId, itemId, personId, kind, authorisationId, appealDays },
      this.terc,
    );
  }

  delivered(): DomainEvent<typeof decisionDeliveredV1> {
    if (!this.delivery) throw new NotInState('decision', 'reported as delivered', this.state);
    const { applicationId, itemId, personId } = this;
    const { deliveredOn, appealUntil } = this.delivery;
    return event(
      decisionDeliveredV1,
      this.id,
      { applicationId, itemId, personId, deliveredOn, appealUntil },
      this.terc,
    );
  }
}

import { IsDayString, IsId, IsText } from '@okienko/chassis/validation';
import { IsIn } from 'class-validator';
import type { DecisionState, Delivery, DeliveryChannel } from './decision';

export class RefuseItem {
  /** Number of the decision in the centre's register; each is used once. */
  @IsText(1, 100)
  number!: string;

  /** Provisions that the decision rests on. */
  @IsText(1, 500)
  legalBasis!: string;

  /** Why, in plain words for the applicant. Kept encrypted. */
  @IsText(1, 10000)
  reasons!: string;

  /** Your own authorisation to issue decisions. */
  @IsId()
  authorisationId!: string;
}

export class RecordDelivery {
  /** Day on which the applicant received it. */
  @IsDayString()
  deliveredOn!: string;

  @IsIn(['E_DORECZENIA', 'POST', 'IN_PERSON'])
  channel!: DeliveryChannel;
}

export class ItemRefused {
  /** The application, with its version. */
  id!: string;
  version!: number;
  decisionId!: string;
  decisionVersion!: number;
}

export class DecisionView {
  id!: string;
  version!: number;
  kind!: 'REFUSAL';
  state!: DecisionState;
  applicationId!: string;
  itemId!: string;
  personId!: string;
  number!: string;
  legalBasis!: string;
  reasons!: string;
  authorisationId!: string;
  issuedBy!: string;
  issuedOn!: string;
  appealDays!: number;
  delivery!: Delivery | null;
}

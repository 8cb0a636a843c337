import { IsDayString, IsId, IsText, MayBeAbsent } from '@okienko/chassis/validation';
import { IsIn } from 'class-validator';
import type { Appeal, AppealChannel, Ruling } from './appeal';
import type { DecisionKind } from './decision';
import type { DecisionState } from './decision-states';
import type { Delivery, DeliveryChannel } from './delivery';

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
  /** Day on which the applicant received it; left out when nobody did. */
  @MayBeAbsent()
  @IsDayString()
  deliveredOn?: string;

  /** First notice of a letter that nobody took: it counts as delivered 14 days later (KPA art. 44). */
  @MayBeAbsent()
  @IsDayString()
  noticeLeftOn?: string;

  @IsIn(['E_DORECZENIA', 'POST', 'IN_PERSON'])
  channel!: DeliveryChannel;
}

export class FileAppeal {
  /** Day on which it was handed in, or posted (KPA art. 57 § 5). A late one is recorded as such. */
  @IsDayString()
  filedOn!: string;

  @IsIn(['E_DORECZENIA', 'POST', 'IN_PERSON'])
  channel!: AppealChannel;
}

export class HandOverAppeal {
  @IsDayString()
  handedOverOn!: string;
}

export class ReviewDecision {
  /** Your own authorisation to issue decisions. */
  @IsId()
  authorisationId!: string;
}

export class RecordRuling {
  @IsIn(['UPHELD', 'QUASHED'])
  ruling!: Ruling;

  @IsDayString()
  ruledOn!: string;
}

export class WithdrawAppeal {
  @IsDayString()
  withdrawnOn!: string;
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
  kind!: DecisionKind;
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
  appeal!: Appeal | null;
  /** False once it has been quashed, or granted by the centre itself. */
  stands!: boolean;
}

import { IsDayString, IsId, IsText, MayBeAbsent } from '@okienko/chassis/validation';
import { Allow, IsIn, IsInt, Max, Min } from 'class-validator';

/** One service of an application that is open still. */
export class ImportedItem {
  @IsId()
  offerId!: string;

  @MayBeAbsent()
  @IsInt()
  @Min(1)
  @Max(100_000)
  quantity?: number;

  @IsIn(['SUBMITTED', 'QUALIFIED'])
  state!: 'SUBMITTED' | 'QUALIFIED';

  @Allow() noticeNumber?: string;
  @Allow() qualifiedOn?: string;
  @Allow() grantedUntil?: string;
}

/** What the notice of a qualification says. */
export class ImportedGrant {
  @IsText(1, 100)
  noticeNumber!: string;

  @IsDayString()
  qualifiedOn!: string;

  @IsDayString()
  grantedUntil!: string;
}

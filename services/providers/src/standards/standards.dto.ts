import { PageQuery } from '@okienko/chassis/page';
import { IsCode, IsDayString, IsId, IsText, MayBeAbsent, Parts } from '@okienko/chassis/validation';
import { IsIn, IsOptional } from 'class-validator';
import { type StandardState, standardStates } from './standard';

export class CriterionDto {
  /** @example "CARE_DIARY" */
  @IsCode() code!: string;
  /** What is asked, in Polish. @example "Każda wizyta jest opisana w dzienniku." */
  @IsText(1, 1000) sentence!: string;
}

export class StandardContentDto {
  /** The law that sets the standard; left out where none does and the centre sets it. @example "Dz.U. 2005 poz. 1598" */
  @MayBeAbsent() @IsText(1, 300) law?: string;
  @Parts(() => CriterionDto, 1, 100) criteria!: CriterionDto[];
}

export class DraftStandard extends StandardContentDto {
  /** An offer of the catalogue. */
  @IsId() offerId!: string;
}

export class ApproveStandard {
  /** First day, today or later. The edition before it ends the day before. @example "2026-03-02" */
  @IsDayString() from!: string;
}

export class ListStandards extends PageQuery {
  @IsOptional() @IsId() offerId?: string;
  /** @example "APPROVED" */
  @IsOptional() @IsIn(standardStates) state?: StandardState;
  /** Those that count on that day. @example "2026-03-02" */
  @IsOptional() @IsDayString() on?: string;
}

export class StandardView {
  id!: string;
  version!: number;
  offerId!: string;
  state!: StandardState;
  /** LAW where `law` sets it. */
  basis!: 'LAW' | 'CENTRE';
  law!: string | null;
  criteria!: CriterionDto[];
  /** Account of the last who drafted it. */
  draftedBy!: string;
  /** 1, 2, 3 … of the service, once approved. */
  edition!: number | null;
  approvedBy!: string | null;
  from!: string | null;
  /** Last day, where another edition follows. */
  to!: string | null;
}

export class NameStandard {
  /** An approved standard of a service of the agreement. */
  @IsId() standardId!: string;
}

export class NamedStandardView {
  offerId!: string;
  standardId!: string;
  edition!: number;
  from!: string;
}

export class NamedStandardsView {
  items!: NamedStandardView[];
}

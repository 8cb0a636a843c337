import { PageQuery } from '@okienko/chassis/page';
import { IsCode, IsDayString, IsId, IsText } from '@okienko/chassis/validation';
import { IsOptional } from 'class-validator';

export class RequireQualification {
  /** An offer of the catalogue. */
  @IsId() offerId!: string;
  /** As performers show it. @example "CARE_ASSISTANT" */
  @IsCode() code!: string;
  /** The law that asks for it. @example "Dz.U. 2005 poz. 1598, § 3" */
  @IsText(1, 300) basis!: string;
  /** First day. @example "2026-01-01" */
  @IsDayString() from!: string;
}

export class EndRequiredQualification {
  /** Last day. @example "2026-12-31" */
  @IsDayString() to!: string;
}

export class ListRequiredQualifications extends PageQuery {
  @IsOptional() @IsId() offerId?: string;
}

export class RequiredQualificationView {
  id!: string;
  version!: number;
  offerId!: string;
  code!: string;
  basis!: string;
  from!: string;
  to!: string | null;
}

import { PageQuery } from '@okienko/chassis/page';
import { IsCode, IsDayString, IsTerc } from '@okienko/chassis/validation';
import { ArrayMaxSize, ArrayNotEmpty, IsArray, IsBoolean, IsOptional, Matches } from 'class-validator';

export const partnerIdShape = /^[A-Za-z0-9._:-]{1,64}$/;
export const eventTypeShape = /^[a-z0-9][a-z0-9.-]{0,127}$/;

export class GiveGrant {
  /** The partner as its tokens name it, e.g. `powiat-elblaski`. */
  @Matches(partnerIdShape)
  partnerId!: string;

  /** Names of events, e.g. `cases.plan.approved.v1`, or prefixes that end in a dot, e.g. `cases.plan.`. */
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(100)
  @Matches(eventTypeShape, { each: true })
  types!: string[];

  /** TERC of the gminas whose events are granted; without it, of all. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  @IsTerc({ each: true })
  gminas?: string[];

  /** What the partner needs the events for, as a code, e.g. `CARE_COORDINATION`. */
  @IsOptional()
  @IsCode()
  purpose?: string;

  /** First day, in Poland. */
  @IsDayString()
  validFrom!: string;

  /** Last day, in Poland. */
  @IsDayString()
  validTo!: string;

  /**
   * With it the partner's subscriptions, those that run as well, wait for `POST /subscriptions/{id}/approval` before anything is sent, and again
   * after each change of their sink or authentication; false unless said otherwise.
   */
  @IsOptional()
  @IsBoolean()
  needsApproval?: boolean;
}

export class ListGrants extends PageQuery {
  /** Only grants to this partner. */
  @IsOptional()
  @Matches(partnerIdShape)
  partnerId?: string;
}

export class GrantView {
  id!: string;
  version!: number;
  partnerId!: string;
  types!: string[];
  /** None stands for all. */
  gminas!: string[];
  purpose!: string;
  validFrom!: string;
  validTo!: string;
  givenBy!: string;
  givenAt!: Date;
  revokedBy!: string | null;
  revokedAt!: Date | null;
  needsApproval!: boolean;
}

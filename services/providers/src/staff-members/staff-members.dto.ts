import { PageQuery } from '@okienko/chassis/page';
import { IsId, IsText } from '@okienko/chassis/validation';
import { IsOptional, Matches } from 'class-validator';

export class RecordStaffMember {
  /** Opaque id of the account, the `sub` of its tokens. @example "caritas-07" */
  @Matches(/^[A-Za-z0-9._:|-]{1,64}$/) account!: string;
  /** Kept encrypted. @example "Anna Przykładowa" */
  @IsText(1, 200) name!: string;
}

export class CorrectName {
  /** Kept encrypted. @example "Anna Przykładowa-Wzorcowa" */
  @IsText(1, 200) name!: string;
}

export class StaffMemberView {
  id!: string;
  version!: number;
  account!: string;
  name!: string;
  /** Whether the account may act for the provider. */
  active!: boolean;
}

export class ListProviderActs extends PageQuery {
  /** What was done to this thing, such as an order. */
  @IsOptional() @IsId() subjectId?: string;
}

export class ProviderActView {
  id!: string;
  /** What was done. @example "ACCEPT_ORDER" */
  act!: string;
  subjectId!: string;
  at!: string;
  /** Account that did it in the name of the provider. */
  account!: string;
  /** Who that is; null where the provider has not named its holder, or the caller may not know. */
  name!: string | null;
}

import { PageQuery } from '@okienko/chassis/page';
import { IsDayString, IsText } from '@okienko/chassis/validation';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsIn, IsOptional, Matches } from 'class-validator';
import { type AuthorisationScope, authorisationScopes } from './authorisation';

const account = /^[A-Za-z0-9._:-]{1,64}$/;

export class GrantAuthorisation {
  /** Account id (`sub`) of the member of staff. */
  @Matches(account)
  holder!: string;

  /** Number of the document. */
  @IsText(1, 100)
  number!: string;

  /** What it authorises to. */
  @ArrayMinSize(1)
  @ArrayMaxSize(2)
  @ArrayUnique()
  @IsIn(authorisationScopes, { each: true })
  scope!: AuthorisationScope[];

  /** First day. */
  @IsDayString()
  validFrom!: string;

  /** Last day. */
  @IsDayString()
  validTo!: string;
}

export class ListAuthorisations extends PageQuery {
  /** Only those of one member of staff. */
  @IsOptional()
  @Matches(account)
  holder?: string;
}

export class AuthorisationView {
  id!: string;
  version!: number;
  holder!: string;
  number!: string;
  scope!: AuthorisationScope[];
  validFrom!: string;
  validTo!: string;
  revokedOn!: string | null;
}

import type { Changed } from '@okienko/chassis/http';
import { IsCode, IsDayString, IsTerc, IsText, Part } from '@okienko/chassis/validation';
import { IsIn, IsOptional, Matches, ValidateIf } from 'class-validator';
import { ContactBody, type PersonContactView } from './contacts.dto';
import type { MatchReason } from './matching';
import type { DeathSource, RestrictionGround } from './person';

export class GivenIdentifierBody {
  /** PESEL, or OTHER for those who have none. */
  @IsIn(['PESEL', 'OTHER'])
  kind!: 'PESEL' | 'OTHER';

  /** The number as it stands in the document. */
  @IsText(1, 64)
  value!: string;

  /** ISO 3166-1 alpha-2 code of the country that issued it; with OTHER only. */
  @ValidateIf((given: GivenIdentifierBody) => given.kind === 'OTHER' || given.country !== undefined)
  @Matches(/^[A-Z]{2}$/)
  country?: string;
}

export class Identity {
  /** May be left out for somebody whose identity is yet to be established. */
  @IsOptional()
  @Part(() => GivenIdentifierBody)
  identifier?: GivenIdentifierBody;

  @IsText(1, 100)
  givenName!: string;

  @IsText(1, 100)
  familyName!: string;

  /** Taken from the PESEL when left out. */
  @IsOptional()
  @IsDayString()
  birthDate?: string;

  /** TERC of the gmina of residence. */
  @IsTerc()
  terc!: string;
}

export class RegisterPerson extends Identity {
  @IsOptional()
  @Part(() => ContactBody)
  contact?: ContactBody;
}

/** The whole identity as it should stand; what is left out is known no longer. */
export class CorrectIdentity extends Identity {
  /** Why, as a code: DOCUMENT_SHOWN, SPELLING or PESEL_GIVEN, for example. */
  @IsCode()
  reasonCode!: string;
}

/** By a PESEL, or by the family name with the birth date. In the body, because URLs end in logs. */
export class SearchPersons {
  /** Eleven digits; when they are there, they alone count. */
  @ValidateIf((search: SearchPersons) => search.pesel !== undefined || search.familyName === undefined)
  @Matches(/^\d{11}$/)
  pesel?: string;

  /** In whatever spelling: with or without diacritics, in Latin or Cyrillic. */
  @ValidateIf((search: SearchPersons) => search.pesel === undefined || search.familyName !== undefined)
  @IsText(1, 100)
  familyName?: string;

  /** Also found when it is recorded in the place of the family name. */
  @IsOptional()
  @IsText(1, 100)
  givenName?: string;

  /** Nobody is found by a name alone. */
  @ValidateIf((search: SearchPersons) => search.pesel === undefined || search.birthDate !== undefined)
  @IsDayString()
  birthDate?: string;
}

export class PossibleDuplicate {
  id!: string;
  version!: number;
  /** What the two have in common. */
  because!: MatchReason[];
}

export class PossibleDuplicates {
  /** Whom the caller may see; nobody is merged without an act. */
  items!: PossibleDuplicate[];
  /** How many more there are in other units. */
  elsewhere!: number;
}

export class PersonRegistered implements Changed {
  id!: string;
  version!: number;
  /** Who may be the same person, among those whom the caller may see. */
  possibleDuplicates!: PossibleDuplicate[];
  /** How many more there are in other units. */
  possibleDuplicatesElsewhere!: number;
}

export class DeathView {
  diedOn!: string;
  source!: DeathSource;
}

export class DepartureView {
  leftOn!: string;
  fromTerc!: string;
  /** Null while nobody knows where to. */
  toTerc!: string | null;
}

export class RestrictionView {
  ground!: RestrictionGround;
  since!: string;
}

export class PersonView {
  id!: string;
  version!: number;
  unit!: string;
  terc!: string;
  identifier!: GivenIdentifierBody | null;
  givenName!: string;
  familyName!: string;
  birthDate!: string | null;
  contact!: PersonContactView | null;
  /** For If-Match when the contact is changed; 0 while there is none. */
  contactVersion!: number;
  registeredAt!: string;
  /** The record of the same person that goes on in place of this one. */
  mergedInto!: string | null;
  /** Records of the same person that were merged into this one. */
  mergedFrom!: string[];
  death!: DeathView | null;
  departure!: DepartureView | null;
  /** Set while nothing may be done with the data but for legal claims (GDPR art. 18). */
  restriction!: RestrictionView | null;
}

export class PersonFound {
  id!: string;
  version!: number;
}

export class PersonsFound {
  items!: PersonFound[];
}

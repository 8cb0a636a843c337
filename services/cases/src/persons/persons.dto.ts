import type { Changed } from '@okienko/chassis/http';
import { IsCode, IsDayString, IsTerc, IsText, Part } from '@okienko/chassis/validation';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsEmail,
  IsIn,
  IsNumber,
  IsOptional,
  Matches,
  Max,
  Min,
  ValidateIf,
} from 'class-validator';
import type { MatchReason } from './matching';
import type { DeathSource } from './person';
import { contactChannels, contactForms } from './person-contact';

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

const oneLine = /^[^\p{Cc}]*$/u;

export class PostalAddressBody {
  /** Street with the numbers of house and flat. */
  @IsText(1, 200)
  @Matches(oneLine)
  street!: string;

  @Matches(/^\d{2}-\d{3}$/)
  postalCode!: string;

  @IsText(1, 100)
  @Matches(oneLine)
  city!: string;
}

export class QuietBody {
  /** HH:MM, local time. */
  @Matches(/^([01]\d|2[0-3]):[0-5]\d$/)
  from!: string;

  /** May be before `from`: past midnight. */
  @Matches(/^([01]\d|2[0-3]):[0-5]\d$/)
  to!: string;
}

const hasPoint = ({ latitude, longitude }: ContactBody): boolean =>
  (latitude ?? null) !== null || (longitude ?? null) !== null;

export class ContactBody {
  /** For messages; none is sent to an address that is not here. */
  @IsOptional()
  @IsEmail()
  email?: string;

  /** E.164, for example +48551234567. */
  @IsOptional()
  @Matches(/^\+[1-9]\d{6,14}$/)
  phone?: string;

  /** Where letters go. */
  @IsOptional()
  @Part(() => PostalAddressBody)
  postalAddress?: PostalAddressBody;

  /** Address for electronic delivery, for example AE:PL-12345-67890-ABCDE-12. */
  @IsOptional()
  @Matches(/^AE:PL-\d{5}-\d{5}-[A-Z]{5}-\d{2}$/)
  ade?: string;

  /** The ways that the person asked for, the first first; they win over the order that is usual. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(contactChannels.length)
  @ArrayUnique()
  @IsIn(contactChannels, { each: true })
  channels?: (typeof contactChannels)[number][];

  /** When the person is not to be disturbed. */
  @IsOptional()
  @Part(() => QuietBody)
  quiet?: QuietBody;

  /** Nobody may learn where the person lives: no letter shows the address or goes to it. */
  @IsOptional()
  @IsBoolean()
  isAddressConfidential?: boolean;

  /** Language of messages; pl unless said otherwise. */
  @IsOptional()
  @IsIn(['pl', 'uk', 'en'])
  language?: 'pl' | 'uk' | 'en';

  /** What the person asked for: ETR is easy-to-read text, READ_ALOUD by phone; STANDARD unless said otherwise. */
  @IsOptional()
  @IsIn(contactForms)
  form?: (typeof contactForms)[number];

  /** Where the person lives, in degrees (WGS 84): only for the distance to a provider, told to nobody. With `longitude`. */
  @ValidateIf(hasPoint)
  @IsNumber()
  @Min(-90)
  @Max(90)
  latitude?: number;

  /** With `latitude`. */
  @ValidateIf(hasPoint)
  @IsNumber()
  @Min(-180)
  @Max(180)
  longitude?: number;
}

export class SuppressContact {
  /** Why, as a code: DOMESTIC_VIOLENCE, for example. */
  @IsCode()
  reasonCode!: string;
}

export class SuppressionView {
  reasonCode!: string;
  since!: string;
  /** Account that recorded it. */
  by!: string;
}

export class PersonContactView extends ContactBody {
  /** Nothing is sent to the person while it is there. */
  suppression?: SuppressionView;
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
}

export class PersonFound {
  id!: string;
  version!: number;
}

export class PersonsFound {
  items!: PersonFound[];
}

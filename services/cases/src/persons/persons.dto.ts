import { IsDayString, IsTerc, IsText, Part } from '@okienko/chassis/validation';
import { IsEmail, IsIn, IsOptional, Matches, ValidateIf } from 'class-validator';

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

export class ContactBody {
  /** For messages; none is sent to an address that is not here. */
  @IsOptional()
  @IsEmail()
  email?: string;

  /** E.164, for example +48551234567. */
  @IsOptional()
  @Matches(/^\+[1-9]\d{6,14}$/)
  phone?: string;

  /** Language of messages; pl unless said otherwise. */
  @IsOptional()
  @IsIn(['pl', 'uk', 'en'])
  language?: 'pl' | 'uk' | 'en';

  /** ETR is easy-to-read text; STANDARD unless said otherwise. */
  @IsOptional()
  @IsIn(['STANDARD', 'ETR'])
  form?: 'STANDARD' | 'ETR';
}

export class RegisterPerson {
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

  @IsOptional()
  @Part(() => ContactBody)
  contact?: ContactBody;
}

export class SearchPersons {
  /** Eleven digits. In the body, because URLs end in logs. */
  @Matches(/^\d{11}$/)
  pesel!: string;
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
  contact!: ContactBody | null;
  /** For If-Match when the contact is changed; 0 while there is none. */
  contactVersion!: number;
  registeredAt!: string;
}

export class PersonFound {
  id!: string;
  version!: number;
}

export class PersonsFound {
  items!: PersonFound[];
}

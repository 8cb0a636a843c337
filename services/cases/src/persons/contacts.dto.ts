import { IsCode, IsText, Part } from '@okienko/chassis/validation';
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
import { contactChannels, contactForms } from './person-contact';

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

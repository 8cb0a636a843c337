import { DomainError } from '@okienko/contracts/domain-error';
import { isAde } from '@okienko/identifiers/ade';
import { isPostalCode } from '@okienko/identifiers/postal-code';
import { type ChannelCode, channelCodes } from '../channels/channel';

/** Languages that messages are written in, Polish also easy to read (ETR). Polish is what everything else falls back to. */
export const languages = ['pl', 'pl-x-etr', 'uk', 'en'] as const;
export type Language = (typeof languages)[number];

/** How to reach a person, as the desk wrote it down. */
export interface Recipient {
  readonly personId: string;
  readonly name: string;
  readonly email?: string;
  readonly phone?: string;
  /** BCP 47 tag. */
  readonly language: string;
  /** The form of communication the person asked for (Accessibility Act, art. 6(3)(d)). */
  readonly form: string;
  /** Where a letter goes. */
  readonly postalAddress?: PostalAddress;
  /** Address for electronic delivery (ADE), as in the base of such addresses. */
  readonly ade?: string;
  /** The ways the person asked for, the first first; they win over a rule's order (Accessibility Act, art. 6(3)(d)). */
  readonly channels?: readonly ChannelCode[];
  /** Not to be disturbed from … to, local time HH:MM; may pass midnight. */
  readonly quiet?: { readonly from: string; readonly to: string };
  /** Nobody may learn where the person lives: no letter shows or goes to the address. */
  readonly isAddressConfidential?: boolean;
  /** Nothing is sent on any channel, because somebody else might read it (domestic violence): staff tell the person. */
  readonly isSuppressed?: boolean;
  /** The record of the guardian who is written to instead of the person. */
  readonly guardianId?: string;
}

export interface PostalAddress {
  readonly street: string;
  /** NN-NNN */
  readonly postalCode: string;
  readonly city: string;
}

export class RecipientUnreadable extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'recipient-unreadable';
  constructor(field: string) {
    super(`The sealed contact details have no usable "${field}".`);
  }
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const line = /^[^\p{Cc}]{1,200}$/u;
const hour = /^([01]\d|2[0-3]):[0-5]\d$/;
// One plain address: anything that a mail server could read as two recipients or another header is refused.
const address = /^[^\s@,;:<>()[\]"\\\p{Cc}]+@[^\s@,;:<>()[\]"\\\p{Cc}]+$/u;

type Fields = Readonly<Record<string, unknown>>;
type Check<T> = (value: unknown) => value is T;

const isText =
  (shape: RegExp): Check<string> =>
  (value): value is string =>
    typeof value === 'string' && value.length <= 254 && shape.test(value);
const isFlag = (value: unknown): value is boolean => typeof value === 'boolean';
const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null;
const isChannels = (value: unknown): value is ChannelCode[] =>
  Array.isArray(value) && value.every((one) => channelCodes.includes(one as ChannelCode));

/** Sealing hides but does not vouch, so what was in the envelope is checked field by field. What is not known here is left out. */
export function readRecipient(opened: unknown): Recipient {
  const given = fieldsOf(opened);
  return {
    personId: given.required('personId', isText(uuid)).toLowerCase(),
    name: given.required('name', isText(line)),
    ...given.optional('email', isText(address)),
    ...given.optional('phone', isText(line)),
    language: given.required('language', isText(line)),
    form: given.required('form', isText(line)),
    ...detailsIn(given),
  };
}

/** What is known of a recipient beyond name, e-mail, phone and manner; every field is optional. */
export type RecipientDetails = Omit<Recipient, 'personId' | 'name' | 'email' | 'phone' | 'language' | 'form'>;

function detailsIn({ optional }: ReturnType<typeof fieldsOf>): RecipientDetails {
  const postal = optional('postalAddress', isObject).postalAddress;
  const quiet = optional('quiet', isObject).quiet;
  return {
    ...(postal && { postalAddress: addressIn(postal) }),
    ...optional('ade', (value): value is string => typeof value === 'string' && isAde(value)),
    ...optional('channels', isChannels),
    ...(quiet && {
      quiet: { from: fieldsOf(quiet).required('from', isText(hour)), to: fieldsOf(quiet).required('to', isText(hour)) },
    }),
    ...optional('isAddressConfidential', isFlag),
    ...optional('isSuppressed', isFlag),
    ...optional('guardianId', isText(uuid)),
  };
}

function addressIn(postal: Fields): PostalAddress {
  const { required } = fieldsOf(postal);
  return {
    street: required('street', isText(line)),
    postalCode: required('postalCode', (value): value is string => typeof value === 'string' && isPostalCode(value)),
    city: required('city', isText(line)),
  };
}

function fieldsOf(value: unknown) {
  const given: Fields = isObject(value) ? value : {};
  const required = <T>(field: string, check: Check<T>): T => {
    const found = given[field];
    if (!check(found)) throw new RecipientUnreadable(field);
    return found;
  };
  const optional = <F extends string, T>(field: F, check: Check<T>): { readonly [K in F]?: T } =>
    given[field] === undefined || given[field] === null ? {} : ({ [field]: required(field, check) } as { [K in F]: T });
  return { required, optional };
}

/** Ways that what is known of the recipient allows; none to whom nothing may be sent. Anybody may be asked to collect a letter. */
export function waysTo({ email, phone, ade, ...more }: Recipient): ChannelCode[] {
  if (more.isSuppressed) return [];
  const isOpen: Readonly<Record<ChannelCode, boolean>> = {
    EMAIL: email !== undefined,
    SMS: phone !== undefined,
    LETTER: more.postalAddress !== undefined && !more.isAddressConfidential,
    COLLECTION: true,
    EDORECZENIA: ade !== undefined,
  };
  return channelCodes.filter((code) => isOpen[code]);
}

/** How a letter to them is written: in the language, and in the form where that language has it. */
export type Manner = Pick<Recipient, 'language' | 'form'>;

export function languageOf({ language, form }: Manner): Language {
  const tag = language.toLowerCase();
  const known = [tag, tag.split('-')[0]].flatMap((one) => languages.find((each) => each === one) ?? []);
  const [written = 'pl'] = known;
  return written === 'pl' && form === 'ETR' ? 'pl-x-etr' : written;
}

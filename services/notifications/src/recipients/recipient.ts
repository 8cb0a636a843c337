import { DomainError } from '@okienko/contracts/domain-error';
import type { ChannelCode } from '../channels/channel';

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
// One plain address: anything that a mail server could read as two recipients or another header is refused.
const address = /^[^\s@,;:<>()[\]"\\\p{Cc}]+@[^\s@,;:<>()[\]"\\\p{Cc}]+$/u;

/** Sealing hides but does not vouch, so what was in the envelope is checked field by field. */
export function readRecipient(opened: unknown): Recipient {
  const given = (typeof opened === 'object' && opened !== null ? opened : {}) as Record<string, unknown>;
  const required = (field: string, shape: RegExp): string => {
    const value = given[field];
    if (typeof value !== 'string' || value.length > 254 || !shape.test(value)) throw new RecipientUnreadable(field);
    return value;
  };
  const optional = (field: 'email' | 'phone', shape: RegExp): { readonly [F in typeof field]?: string } =>
    given[field] === undefined || given[field] === null ? {} : { [field]: required(field, shape) };
  return {
    personId: required('personId', uuid).toLowerCase(),
    name: required('name', line),
    ...optional('email', address),
    ...optional('phone', line),
    language: required('language', line),
    form: required('form', line),
  };
}

/** How a letter to them is written: in the language, and in the form where that language has it. */
export type Manner = Pick<Recipient, 'language' | 'form'>;

export function languageOf({ language, form }: Manner): Language {
  const tag = language.toLowerCase();
  const known = [tag, tag.split('-')[0]].flatMap((one) => languages.find((each) => each === one) ?? []);
  const [written = 'pl'] = known;
  return written === 'pl' && form === 'ETR' ? 'pl-x-etr' : written;
}

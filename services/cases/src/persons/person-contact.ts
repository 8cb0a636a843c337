import type { Day } from '@okienko/contracts/calendar';
import { personContactChangedV1 } from '@okienko/contracts/cases/person-contact-changed.v1';
import { NotInState } from '@okienko/contracts/domain-error';
import { type DomainEvent, event } from '@okienko/contracts/event';

/** Ways to be told something, as the notifications service names them. */
export const contactChannels = ['EMAIL', 'SMS', 'LETTER', 'COLLECTION', 'EDORECZENIA'] as const;
/** Forms that may be asked for (Accessibility Act, art. 6(3)(d)); ETR: easy to read. */
export const contactForms = ['STANDARD', 'ETR', 'LARGE_PRINT', 'READ_ALOUD'] as const;

export interface PostalAddress {
  readonly street: string;
  readonly postalCode: string;
  readonly city: string;
}

/** Nothing may be sent, because somebody else might read it. */
export interface Suppression {
  readonly reasonCode: string;
  readonly since: Day;
  readonly by: string;
}

/** How to reach a person, in which language and form. */
export interface Contact {
  readonly email?: string;
  /** E.164 */
  readonly phone?: string;
  readonly postalAddress?: PostalAddress;
  /** Address for electronic delivery. */
  readonly ade?: string;
  /** The ways asked for, the first first. */
  readonly channels?: readonly (typeof contactChannels)[number][];
  /** Not to be disturbed from … to, HH:MM. */
  readonly quiet?: { readonly from: string; readonly to: string };
  /** Nobody may learn where the person lives. */
  readonly isAddressConfidential?: boolean;
  /** Where the person lives, WGS 84, as the map of the desk has it; it stays here. */
  readonly latitude?: number;
  readonly longitude?: number;
  readonly language: 'pl' | 'uk' | 'en';
  readonly form: (typeof contactForms)[number];
  readonly suppression?: Suppression;
}

/** Of somebody who has told nothing. */
export const noContact: Contact = { language: 'pl', form: 'STANDARD' };

/** What the notifications service reads inside the seal. */
export interface Recipient extends Omit<Contact, 'latitude' | 'longitude' | 'suppression'> {
  readonly personId: string;
  readonly name: string;
  readonly isSuppressed?: boolean;
  /** Record of who is written to instead. */
  readonly guardianId?: string;
}

export function suppressed(contact: Contact, suppression: Suppression): Contact {
  if (contact.suppression) throw new NotInState('contact', 'suppressed', 'SUPPRESSED');
  return { ...contact, suppression };
}

export function suppressionLifted({ suppression, ...contact }: Contact): Contact {
  if (!suppression) throw new NotInState('contact', 'written to again', 'OPEN');
  return contact;
}

/** Contact details with a history of their own; the id is the person's. The wish for a form is sealed too: it may tell of a disability. */
export class PersonContact {
  private constructor(
    readonly id: string,
    readonly version: number,
    private contact: Buffer,
    /** Who is written to instead, as the notifications service knows it. */
    private guardianId: string | null,
  ) {}

  static give(personId: string, sealed: Buffer): PersonContact {
    return new PersonContact(personId, 0, sealed, null);
  }

  change(sealed: Buffer, guardianId: string | null): void {
    this.contact = sealed;
    this.guardianId = guardianId;
  }

  get sealed(): Buffer {
    return this.contact;
  }

  get guardian(): string | null {
    return this.guardianId;
  }

  /** `recipient` is a compact JWE to the notifications service. */
  changed(recipient: string): DomainEvent<typeof personContactChangedV1> {
    return event(personContactChangedV1, this.id, { recipient });
  }
}

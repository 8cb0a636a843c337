import { personContactChangedV1 } from '@okienko/contracts/cases/person-contact-changed.v1';
import { type DomainEvent, event } from '@okienko/contracts/event';

/** How to reach a person, in which language and form. */
export interface Contact {
  readonly email?: string;
  /** E.164 */
  readonly phone?: string;
  /** Where the person lives, WGS 84, as the map of the desk has it; it stays here. */
  readonly latitude?: number;
  readonly longitude?: number;
  readonly language: 'pl' | 'uk' | 'en';
  /** ETR: easy to read. */
  readonly form: 'STANDARD' | 'ETR';
}

/** What the notifications service reads inside the seal. */
export interface Recipient extends Omit<Contact, 'latitude' | 'longitude'> {
  readonly personId: string;
  readonly name: string;
}

/** Contact details with a history of their own; the id is the person's. The wish for easy reading is sealed too: it may tell of a disability. */
export class PersonContact {
  private constructor(
    readonly id: string,
    readonly version: number,
    private contact: Buffer,
  ) {}

  static give(personId: string, sealed: Buffer): PersonContact {
    return new PersonContact(personId, 0, sealed);
  }

  change(sealed: Buffer): void {
    this.contact = sealed;
  }

  get sealed(): Buffer {
    return this.contact;
  }

  /** `recipient` is a compact JWE to the notifications service. */
  changed(recipient: string): DomainEvent<typeof personContactChangedV1> {
    return event(personContactChangedV1, this.id, { recipient });
  }
}

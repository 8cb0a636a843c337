import { Injectable } from '@nestjs/common';
import type { Changed } from '@okienko/chassis/http';
import { type Day, dayOf } from '@okienko/contracts/calendar';
import { NotFound, StaleVersion } from '@okienko/contracts/domain-error';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork, type Work } from '@okienko/messaging/unit-of-work';
import { loadVisible } from '../access/load-visible';
import { type Access, PersonalData } from '../access/personal-data';
import { SealedRow } from '../access/sealed-row';
import { guardianOn } from '../representations/guardian-on';
import { contactFrom } from './contact-body';
import type { ContactBody } from './contacts.dto';
import { Person } from './person';
import { type Contact, noContact, PersonContact, suppressed, suppressionLifted } from './person-contact';
import { Seals } from './seals';

/** How a person is reached. Every change goes, sealed, to the notifications service in the same transaction. */
@Injectable()
export class ContactCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly personalData: PersonalData,
    private readonly seals: Seals,
  ) {}

  /** `expectedVersion` is the contact's own; 0 when there is none yet. */
  change(id: string, expectedVersion: number, command: ContactBody, access: Access): Promise<Changed> {
    return this.act(id, expectedVersion, access, ({ suppression }) => ({
      ...contactFrom(command),
      ...(suppression && { suppression }),
    }));
  }

  suppress(id: string, expectedVersion: number, reasonCode: string, access: Access): Promise<Changed> {
    const suppression = { reasonCode, since: this.today, by: access.caller.sub };
    return this.act(id, expectedVersion, access, (contact) => suppressed(contact, suppression));
  }

  liftSuppression(id: string, expectedVersion: number, access: Access): Promise<Changed> {
    return this.act(id, expectedVersion, access, suppressionLifted);
  }

  async give(work: Work, person: Person, key: Buffer, contact: Contact, known?: PersonContact): Promise<PersonContact> {
    const { latitude: _, longitude: __, suppression, ...reachable } = contact;
    const sealed = new SealedRow(key, 'person_contact', person.id).sealJson('contact', contact);
    const guardianId = await guardianOn(work, person.id, this.today);
    const changed = known ?? PersonContact.give(person.id, sealed);
    changed.change(sealed, guardianId);
    const row = new SealedRow(key, 'person', person.id);
    const recipient = await this.seals.toNotifications({
      ...reachable,
      personId: person.id,
      name: `${row.open('given_name', person.givenName)} ${row.open('family_name', person.familyName)}`,
      ...(suppression && { isSuppressed: true }),
      ...(guardianId !== null && { guardianId }),
    });
    await work.save(changed, changed.changed(recipient));
    return changed;
  }

  /** Letters are addressed by the name that the contact details left with. */
  async rename(work: Work, person: Person, key: Buffer): Promise<void> {
    const known = await contactOf(work, person.id);
    if (known) await this.give(work, person, key, opened(known, key), known);
  }

  /** Tells who is written to instead of the person, if that is somebody else than before. */
  async followGuardian(work: Work, personId: string): Promise<void> {
    const record = await work.load(Person, personId);
    const person = record.mergedInto === null ? record : await work.load(Person, record.mergedInto);
    const known = await contactOf(work, person.id);
    if ((await guardianOn(work, person.id, this.today)) === (known?.guardian ?? null)) return;
    const key = await this.personalData.keyOf(work, person.id);
    await this.give(work, person, key, known ? opened(known, key) : noContact, known);
  }

  private act(
    id: string,
    expectedVersion: number,
    access: Access,
    change: (contact: Contact) => Contact,
  ): Promise<Changed> {
    return this.work.run(async (work) => {
      const person = await loadVisible(work, Person, id, access.caller);
      const key = await this.personalData.keyOf(work, id);
      const known = await contactOf(work, id);
      if ((known?.version ?? 0) !== expectedVersion) throw new StaleVersion(expectedVersion, known?.version ?? 0);
      const contact = change(known ? opened(known, key) : noContact);
      const changed = await this.give(work, person, key, contact, known);
      await this.personalData.record(work, 'WRITE', access, { personId: id, fieldGroups: ['CONTACT'] });
      return { id, version: changed.version };
    });
  }

  private get today(): Day {
    return dayOf(this.clock.now());
  }
}

const opened = ({ id, sealed }: PersonContact, key: Buffer): Contact =>
  new SealedRow(key, 'person_contact', id).openJson<Contact>('contact', sealed);

async function contactOf(work: Work, personId: string): Promise<PersonContact | undefined> {
  try {
    return await work.load(PersonContact, personId);
  } catch (error) {
    if (error instanceof NotFound) return undefined;
    throw error;
  }
}

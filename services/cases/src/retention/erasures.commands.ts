import { Injectable } from '@nestjs/common';
import { Clock } from '@okienko/messaging/clock';
import type { Work } from '@okienko/messaging/unit-of-work';
import { type Access, PersonalData } from '../access/personal-data';
import { Person } from '../persons/person';
import { recordsOf } from '../persons/standing';
import { erase } from './erase';

export interface ErasureGround {
  readonly basis: 'RETENTION_ENDED' | 'ART_17';
  readonly disposalId?: string;
}

/** Erases whoever may be erased. Whether they may is for the caller to say, under the lock that `lock` takes. */
@Injectable()
export class ErasureCommands {
  constructor(
    private readonly clock: Clock,
    private readonly personalData: PersonalData,
  ) {}

  /** All records of the person, in the order of their ids: nothing new begins for them meanwhile. */
  async lock(work: Work, personId: string): Promise<Person[]> {
    const text = `select r.id from (${recordsOf.replace('?', '$1')}) r (id) order by r.id`;
    const persons: Person[] = [];
    for (const { id } of await work.query<{ id: string }>(text, [personId])) persons.push(await work.load(Person, id));
    return persons;
  }

  /** Ends the transaction's work on them: the access log comes last. */
  async erase(
    work: Work,
    persons: readonly Person[],
    { basis, disposalId }: ErasureGround,
    access: Access,
  ): Promise<void> {
    const erasedAt = this.clock.now();
    const living = persons.filter((person) => person.erasedAt === null);
    for (const person of living) {
      person.erase(erasedAt);
      await work.save(person, person.erased(erasedAt, basis, disposalId));
    }
    await erase(
      work,
      living.map(({ id }) => ({ personId: id, erasedAt, basis })),
    );
    await this.personalData.recordAll(
      work,
      access,
      living.map(({ id }) => ({ act: 'WRITE', personId: id, fieldGroups: ['ERASURE'] }) as const),
    );
  }
}

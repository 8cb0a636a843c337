import { NotFound } from '@okienko/contracts/domain-error';
import type { Work } from '@okienko/messaging/unit-of-work';
import type { Condition } from '../access/conditions';
import { DataErased } from '../access/personal-data';
import type { Access } from '../access/personal-data';
import { maySee } from '../access/visibility';
import { PersonDead, PersonMerged, ProcessingRestricted, ResidenceUnknown } from './person-errors';

type Query = Pick<Work, 'query'>;

/** Somebody for whom the centre may act today. */
export interface Resident {
  readonly id: string;
  readonly unit: string;
  readonly terc: string;
}

interface Standing extends Resident {
  readonly mergedInto: string | null;
  readonly isDead: boolean;
  readonly isGone: boolean;
  readonly isErased: boolean;
  readonly isRestricted: boolean;
}

/** Share-locked: no death, departure or merge slips in between the question and what follows from the answer. */
async function standing({ query }: Query, personId: string): Promise<Standing> {
  const [found] = await query<Standing>(
    `select id, unit, terc, merged_into as "mergedInto", death is not null as "isDead",
            departure is not null and departure ->> 'toTerc' is null as "isGone",
            erased_at is not null as "isErased",
            restriction is not null as "isRestricted"
     from person where id = $1 for share`,
    [personId],
  );
  if (!found) throw new NotFound('person');
  return found;
}

function assertResident({ isErased, isDead, isGone }: Standing): void {
  if (isErased) throw new DataErased();
  if (isDead) throw new PersonDead();
  if (isGone) throw new ResidenceUnknown();
}

function assertFree({ isRestricted }: Standing, purpose: string | undefined): void {
  if (isRestricted && purpose !== 'LEGAL_CLAIM') throw new ProcessingRestricted();
}

/** Somebody who may act here, wherever they live. Whose data are restricted may for a legal claim. */
export async function livingPerson(query: Query, personId: string, { caller, purpose }: Access): Promise<Standing> {
  const person = await standing(query, personId);
  if (!maySee(caller, person)) throw new NotFound('person');
  if (person.isErased) throw new DataErased();
  if (person.mergedInto !== null) throw new PersonMerged(person.mergedInto);
  if (person.isDead) throw new PersonDead();
  assertFree(person, purpose);
  return person;
}

/** The person for whom something new is begun. A record that was merged into another takes nothing new. */
export async function residentFor(query: Query, personId: string, access: Access): Promise<Resident> {
  const person = await livingPerson(query, personId, access);
  assertResident(person);
  return person;
}

/** The person whose matter it is: of a record that was merged, the one that goes on. */
export async function residentOf(query: Query, personId: string, purpose?: string): Promise<Resident> {
  const person = await standing(query, personId);
  if (person.mergedInto !== null) return residentOf(query, person.mergedInto, purpose);
  assertFree(person, purpose);
  assertResident(person);
  return person;
}

/** Ids of all records of the person whose id, any of them, stands at `?`. */
export const recordsOf = `select r.id from person p
  join person r on r.id = coalesce(p.merged_into, p.id) or r.merged_into = coalesce(p.merged_into, p.id) where p.id = ?`;

/** In a list: the matters of a person, also those filed under a record that was merged. */
export const ofPerson = (column: string, personId: string | undefined): Condition[] =>
  personId === undefined ? [] : [{ sql: `${column} in (${recordsOf})`, values: [personId] }];

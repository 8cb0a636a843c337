import { createHash } from 'node:crypto';
import { addDays, type Day } from '@okienko/contracts/calendar';
import { generatePesel } from '@okienko/identifiers/pesel-generator';
import { Chance } from '../chance';
import { assumptions, drawn } from './assumptions';

export type Outcome = keyof typeof assumptions.outcomes.value;
export type ServiceCode = keyof typeof assumptions.services.value;

/** Somebody who does not exist. */
export interface Resident {
  readonly givenName: string;
  readonly familyName: string;
  /** Of a century in which nobody lives: the PESEL is valid and nobody's. */
  readonly birthDate: Day;
  readonly pesel: string;
  readonly email: string;
  readonly age: number;
  readonly district: string;
  readonly household: number;
}

/** One matter of somebody's: what happens, and when it begins. How it goes is the services' own doing. */
export interface Matter {
  readonly resident: number;
  readonly service: ServiceCode;
  readonly outcome: Outcome;
  readonly deliveries: number;
  readonly filedOn: Day;
  /** Still being delivered today. */
  readonly open: boolean;
}

export interface CityPlan {
  readonly residents: number;
  readonly households: number;
  readonly seed: number;
  /** Those who ever apply. */
  readonly applicants: readonly Resident[];
  /** In the order of their filing. */
  readonly matters: readonly Matter[];
}

const women = [
  'Anna',
  'Maria',
  'Katarzyna',
  'Małgorzata',
  'Agnieszka',
  'Barbara',
  'Ewa',
  'Krystyna',
  'Elżbieta',
  'Zofia',
];
const men = ['Piotr', 'Krzysztof', 'Andrzej', 'Jan', 'Stanisław', 'Tomasz', 'Paweł', 'Marcin', 'Michał', 'Marek'];
const families = [
  'Nowak',
  'Wójcik',
  'Kowalczyk',
  'Woźniak',
  'Mazur',
  'Krawczyk',
  'Kaczmarek',
  'Zając',
  'Król',
  'Wróbel',
  'Dudek',
  'Sikora',
  'Baran',
  'Szewczyk',
  'Pietrzak',
  'Zalewska-Lis',
];

// Zipf: the n-th name is had by 1/n as many.
const zipf = (names: readonly string[]): Record<string, number> =>
  Object.fromEntries(names.map((name, place) => [name, 1 / (place + 1)]));
const [womens, mens, familys] = [zipf(women), zipf(men), zipf(families)];

const two = (number: number): string => String(number).padStart(2, '0');

/** Weeks that the matter takes from filing to its last act, as `mould.ts` plays it. */
export const weeksOf = ({ outcome, deliveries }: Pick<Matter, 'outcome' | 'deliveries'>): number =>
  outcome === 'withdrawn' ? 1 : 6 + deliveries;

/** Weeks after the last act of a matter until nothing more is said of it: surveys come and are answered or expire, terms pass. */
export const settledAfter = 14;

/** A city and what happened in it, from a seed alone: the same today for the same seed, whatever else is in the world. */
export function planCity(residents: number, seed: number, years: number, today: Day): CityPlan {
  const chance = new Chance(seed);
  const wanted = Math.max(1, Math.round(residents * assumptions.applicants.value));
  const people = populate(residents, chance);
  // Residents apply the sooner the likelier it is at their age (Efraimidis and Spirakis: the largest keys are a weighted sample).
  const chosen = people
    .map((person) => ({ person, key: Math.log(1 - chance.next()) / inclinationAt(person.age) }))
    .sort((one, other) => other.key - one.key)
    .slice(0, wanted);
  const applicants = chosen.map(({ person }, number) => resident(person, number, chance));
  const matters: Matter[] = [];
  const count = Math.max(1, Math.round(residents * assumptions.mattersPerYear.value * years));
  // Nobody has two open matters of one service: what somebody asks for again begins after nothing more is said of the one before.
  const free = new Map<number, Day>();
  const first = addDays(today, -Math.round(years * 365.25));
  const days = Math.round(years * 365.25);
  const starts = Array.from({ length: count }, () => chance.below(days)).sort((one, other) => one - other);
  for (const start of starts) {
    const filedOn = workday(addDays(first, start));
    if (filedOn >= today) continue;
    const applicant = chance.below(applicants.length);
    const service = drawn(assumptions.services.value, chance.next());
    const outcome = drawn(assumptions.outcomes.value, chance.next());
    const deliveries = outcome === 'withdrawn' ? 0 : Number(drawn(assumptions.deliveries.value, chance.next()));
    if ((free.get(applicant) ?? '') > filedOn) continue;
    const settled = addDays(filedOn, 7 * (weeksOf({ outcome, deliveries }) + settledAfter));
    free.set(applicant, settled);
    matters.push({
      resident: applicant,
      service,
      outcome,
      deliveries,
      filedOn,
      open: settled > today,
    });
  }
  return { residents, households: people.at(-1)?.household ?? 0, seed, applicants, matters };
}

interface Inhabitant {
  readonly age: number;
  readonly household: number;
  readonly district: string;
}

function populate(residents: number, chance: Chance): Inhabitant[] {
  const sizes = Object.fromEntries(assumptions.households.value.map((share, index) => [String(index + 1), share]));
  const districts = zipf(assumptions.districts.value);
  const people: Inhabitant[] = [];
  for (let household = 1; people.length < residents; household += 1) {
    const district = drawn(districts, chance.next());
    const size = Math.min(Number(drawn(sizes, chance.next())), residents - people.length);
    for (let one = 0; one < size; one += 1) {
      // Whoever keeps a household is grown up.
      const age = one === 0 ? Math.max(20, ageOf(chance)) : ageOf(chance);
      people.push({ age, household, district });
    }
  }
  return people;
}

function ageOf(chance: Chance): number {
  const groups = assumptions.ages.value;
  const from = Number(drawn(Object.fromEntries(groups), chance.next()));
  const next = groups.find(([age]) => age > from)?.[0] ?? 100;
  return from + chance.below(next - from);
}

const inclinationAt = (age: number): number =>
  assumptions.inclination.value.filter(([from]) => from <= age).at(-1)?.[1] ?? 1;

function resident(person: Inhabitant, number: number, chance: Chance): Resident {
  const isWoman = chance.next() < 0.6;
  // The older the earlier; the serial number tells apart who has the same day.
  const birthDate = `18${two(99 - Math.min(49, Math.floor(person.age / 2)))}-${two(1 + (number % 12))}-${two(1 + (Math.floor(number / 12) % 28))}`;
  const serial = (Math.floor(number / 336) * 2 + (isWoman ? 0 : 1)) % 10_000;
  return {
    ...person,
    givenName: drawn(isWoman ? womens : mens, chance.next()),
    familyName: drawn(familys, chance.next()),
    birthDate,
    pesel: generatePesel(birthDate, serial),
    email: `mieszkaniec-${number}@miasto.example`,
  };
}

/** Offices are closed at week-ends. */
function workday(day: Day): Day {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return addDays(day, weekday === 6 ? 2 : weekday === 0 ? 1 : 0);
}

export const digestOf = (plan: CityPlan): string => createHash('sha256').update(JSON.stringify(plan)).digest('hex');

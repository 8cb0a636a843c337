import { isCovered } from '@okienko/contracts/data-scope';
import type { GivenIdentifier } from '../persons/identifier';

export interface DisclosedPerson {
  readonly givenName?: string;
  readonly familyName?: string;
  readonly phone?: string;
  readonly language?: string;
  readonly birthDate?: string;
  readonly identifier?: GivenIdentifier;
  readonly terc?: string;
}

/** What a category of the data scope tells a provider; opened only when it is told. */
export interface PersonDetails {
  readonly IDENTITY: () => Pick<DisclosedPerson, 'givenName' | 'familyName'>;
  readonly CONTACT: () => Pick<DisclosedPerson, 'phone' | 'language'>;
  readonly AGE: () => Pick<DisclosedPerson, 'birthDate'>;
  readonly PESEL: () => Pick<DisclosedPerson, 'identifier'>;
  readonly ADDRESS: () => Pick<DisclosedPerson, 'terc'>;
}
type Category = keyof PersonDetails;

const categories: readonly Category[] = ['IDENTITY', 'CONTACT', 'AGE', 'PESEL', 'ADDRESS'];

/** Nothing outside the scope, and of what the scope lists only what this service keeps in a form that can be told. */
export function disclosed(
  scope: readonly string[],
  details: PersonDetails,
): { categories: Category[]; person: DisclosedPerson } {
  const told = categories.filter((category) => isCovered(category, scope));
  return { categories: told, person: Object.assign({}, ...told.map((category) => details[category]())) };
}

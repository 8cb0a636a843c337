import { type Day, isDay } from '@okienko/contracts/calendar';
import { spellingsOf } from './spelling';

/** What a person can be found by besides an identifier. Never by a name alone: the birth date is in every key. */
export type MatchKind = 'NAMES' | 'FAMILY_NAME';

/** Why somebody may be the same person. */
export type MatchReason = 'IDENTIFIER' | 'NAMES_AND_BIRTH_DATE' | 'NAMES_SWAPPED' | 'DAY_AND_MONTH_SWAPPED';

export interface Named {
  readonly givenName?: string | undefined;
  readonly familyName: string;
  readonly birthDate?: Day | undefined;
}

export interface MatchKey {
  readonly kind: MatchKind;
  readonly value: string;
}

export interface Probe extends MatchKey {
  readonly because: MatchReason;
}

/** Under what somebody is entered: each given name with each family name, and each family name by itself. */
export function keysOf({ givenName, familyName, birthDate }: Named): MatchKey[] {
  return [...namesKeys(givenName, familyName, birthDate), ...familyNameKeys(familyName, birthDate)];
}

/** What to look for: the names as given, the two exchanged, and day and month exchanged. Without a given name, the family name. */
export function probesOf({ givenName, familyName, birthDate }: Named): Probe[] {
  const because = (reason: MatchReason, keys: MatchKey[]): Probe[] => keys.map((key) => ({ ...key, because: reason }));
  if (givenName === undefined) return because('NAMES_AND_BIRTH_DATE', familyNameKeys(familyName, birthDate));
  return [
    ...because('NAMES_AND_BIRTH_DATE', namesKeys(givenName, familyName, birthDate)),
    ...because('NAMES_SWAPPED', namesKeys(familyName, givenName, birthDate)),
    ...because('DAY_AND_MONTH_SWAPPED', namesKeys(givenName, familyName, swapped(birthDate))),
  ];
}

// Nobody has more, and the keys grow with the product.
const mostParts = 6;
const parts = (name = ''): string[] => spellingsOf(name).slice(0, mostParts);

function namesKeys(givenName: string | undefined, familyName: string, birthDate: Day | undefined): MatchKey[] {
  if (birthDate === undefined) return [];
  return parts(givenName).flatMap((given) =>
    parts(familyName).map((family): MatchKey => ({ kind: 'NAMES', value: `${given} ${family} ${birthDate}` })),
  );
}

function familyNameKeys(familyName: string, birthDate: Day | undefined): MatchKey[] {
  if (birthDate === undefined) return [];
  return parts(familyName).map((family) => ({ kind: 'FAMILY_NAME', value: `${family} ${birthDate}` }));
}

/** 3 April for 4 March; undefined where that is no other day. */
function swapped(day: Day | undefined): Day | undefined {
  const [year, month, date] = day?.split('-') ?? [];
  const other = `${year}-${date}-${month}`;
  return other !== day && isDay(other) ? other : undefined;
}

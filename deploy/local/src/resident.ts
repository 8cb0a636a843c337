import { randomInt } from 'node:crypto';
import { generatePesel } from '@okienko/identifiers/pesel-generator';

const givenNames = ['Halina', 'Krystyna', 'Barbara', 'Irena', 'Jadwiga', 'Stanisława', 'Teresa', 'Danuta'];
const familyNames = ['Przykładowa', 'Zmyślona', 'Wymyślona', 'Testowa', 'Nieistniejąca'];

export interface Resident {
  readonly givenName: string;
  readonly familyName: string;
  readonly birthDate: string;
  readonly pesel: string;
  readonly email: string;
}

const pick = (list: readonly string[]): string => list[randomInt(list.length)] ?? '';
const two = (number: number): string => String(number).padStart(2, '0');

/** Somebody who does not exist. Born in the 1800s, so that the PESEL is nobody's. */
export function inventResident(): Resident {
  const birthDate = `18${two(randomInt(50, 100))}-${two(randomInt(1, 13))}-${two(randomInt(1, 29))}`;
  return {
    givenName: pick(givenNames),
    familyName: pick(familyNames),
    birthDate,
    pesel: generatePesel(birthDate, randomInt(0, 10_000)),
    email: `osoba-${Date.now().toString(36)}${randomInt(1000)}@mieszkaniec.example`,
  };
}

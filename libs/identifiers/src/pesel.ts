import { weightedSum } from './weighted-sum';

export interface Pesel {
  /** ISO 8601 calendar date. */
  readonly birthDate: string;
  readonly sex: 'F' | 'M';
}

/** The month carries the century: 01–12 is the 1900s, 21–32 the 2000s, 41–52 the 2100s, 61–72 the 2200s, 81–92 the 1800s. */
const centuries = [1900, 2000, 2100, 2200, 1800] as const;
const weights = [1, 3, 7, 9, 1, 3, 7, 9, 1, 3] as const;

/** Well-formed, with a right check digit and a date that exists. It does not prove whose number it is, nor that it was issued. */
export function isPesel(text: string): boolean {
  return parsePesel(text) !== undefined;
}

/** Population Records Act of 24 September 2010, art. 15: date of birth, serial number with sex, check digit. */
export function parsePesel(text: string): Pesel | undefined {
  if (!/^\d{11}$/.test(text) || peselCheckDigit(text) !== text[10]) return undefined;
  const month = Number(text.slice(2, 4));
  const century = centuries[Math.floor(month / 20)];
  if (century === undefined) return undefined;
  const birthDate = calendarDate(century + Number(text.slice(0, 2)), month % 20, Number(text.slice(4, 6)));
  if (birthDate === undefined) return undefined;
  return { birthDate, sex: Number(text[9]) % 2 === 1 ? 'M' : 'F' };
}

/** The eleventh digit, from the first ten. */
export function peselCheckDigit(digits: string): string {
  return String((10 - (weightedSum(digits, weights) % 10)) % 10);
}

function calendarDate(year: number, month: number, day: number): string | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  // Date rolls 30 February over into March: only a date that comes back unchanged exists.
  const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exists ? date.toISOString().slice(0, 10) : undefined;
}

import { isPesel, peselCheckDigit } from './pesel';

const monthOffset: Readonly<Record<string, number>> = { 18: 80, 19: 0, 20: 20, 21: 40, 22: 60 };

/**
 * A valid PESEL for invented people, never for real ones. `serial` is the four digits after the date; an odd one is a man.
 * A birth date in the 1800s or the 2200s makes sure that the number is nobody's.
 */
export function generatePesel(birthDate: string, serial: number): string {
  const [, century, year, month, day] = /^(\d\d)(\d\d)-(\d\d)-(\d\d)$/.exec(birthDate) ?? [];
  const offset = century && monthOffset[century];
  if (!Number.isInteger(serial) || serial < 0 || serial > 9999) throw new RangeError('serial must be 0 to 9999');
  const digits = `${year}${twoDigits(Number(month) + Number(offset))}${day}${String(serial).padStart(4, '0')}`;
  const pesel = digits + peselCheckDigit(digits);
  if (!isPesel(pesel)) throw new RangeError('birthDate must be a calendar date from 1800-01-01 to 2299-12-31');
  return pesel;
}

const twoDigits = (value: number): string => String(value).padStart(2, '0');

import { faultsOf } from '@okienko/chassis/validation';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { RowRefused } from './import-errors';
import type { Cells } from './import-file';

type Class<T> = new () => T;

const columns: Readonly<Record<string, string>> = { personId: 'personExternalId', country: 'identifierCountry' };

/** What the row says, checked as the same request of the desk would be. */
export function bodyOf<T extends object>(type: Class<T>, told: object, cells: Cells = {}): T {
  const body = plainToInstance(type, told);
  const [fault] = faultsOf(validateSync(body, { whitelist: true, forbidNonWhitelisted: true }));
  if (!fault) return body;
  const property = fault.pointer.split('/').at(-1) ?? '';
  throw new RowRefused('field-wrong', property === 'value' ? numberIn(cells) : (columns[property] ?? property));
}

const numberIn = ({ pesel }: Cells): string => (pesel ? 'pesel' : 'otherIdentifier');

/** A number that a cell holds; whatever else stands there is no number. */
export const numberOf = (cell: string | undefined): { quantity?: number } =>
  cell === undefined ? {} : { quantity: /^\d{1,9}$/.test(cell) ? Number(cell) : NaN };

import { isDay } from '@okienko/contracts/calendar';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { RequestProblem } from './problem';

/** Cursor pagination over a stable order. */
export class PageQuery {
  /** Rows a page, 1 to 200. */
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(200) limit?: number;
  /** Cursor from the `next` of the page before. */
  @IsOptional() @IsString() @MaxLength(500) after?: string;
}

export interface Page<T> {
  readonly items: T[];
  /** Cursor of the next page; absent on the last. */
  readonly next?: string;
}

export const defaultLimit = 50;

/** Makes a page of `limit` out of up to `limit + 1` rows. `valuesOfRow` names the values of the order that a row stands at. */
export function pageOf<Row>(rows: Row[], limit: number, valuesOfRow: (row: Row) => string[]): Page<Row> {
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  if (last === undefined) return { items: rows };
  return { items: rows.slice(0, limit), next: cursorOf(...valuesOfRow(last)) };
}

/** The cursor of a page that ends with these values of its order. */
export const cursorOf = (...values: readonly string[]): string =>
  Buffer.from(JSON.stringify(values)).toString('base64url');

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const shapes = {
  uuid: (value: string) => uuid.test(value),
  // The database knows no year 0.
  day: (value: string) => isDay(value) && value > '0001',
  number: (value: string) => /^\d{1,9}$/.test(value),
  // A NUL would reach the database, which takes none.
  text: (value: string) => !value.includes('\0'),
};

/** What a value of a cursor looks like. */
export type Shape = keyof typeof shapes | RegExp;

const fits = (value: unknown, shape: Shape): boolean =>
  typeof value === 'string' && (shape instanceof RegExp ? shape.test(value) : shapes[shape](value));

/** The values that a cursor stands for. Whatever does not look like them is no cursor of ours. */
export function cursorValues<const Shapes extends readonly Shape[]>(
  after: string | undefined,
  of: Shapes,
): { -readonly [at in keyof Shapes]: string } | undefined {
  if (after === undefined) return undefined;
  const values = valuesOf(after);
  if (values.length === of.length && of.every((shape, at) => fits(values[at], shape)))
    return values as { -readonly [at in keyof Shapes]: string };
  throw new RequestProblem(400, 'cursor-malformed', 'Take `after` from the answer before, unchanged.');
}

function valuesOf(after: string): unknown[] {
  try {
    const values = JSON.parse(Buffer.from(after, 'base64url').toString()) as unknown;
    return Array.isArray(values) ? (values as unknown[]) : [];
  } catch {
    return [];
  }
}

/** A cursor over ids. */
export const cursorId = (after: string | undefined): string | undefined => cursorValues(after, ['uuid'])?.[0];

/** A cursor over numbers, such as those of rows. */
export function cursorNumber(after: string | undefined): number | undefined {
  const [number] = cursorValues(after, ['number']) ?? [];
  return number === undefined ? undefined : Number(number);
}

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

/** Makes a page of `limit` out of up to `limit + 1` rows. `cursorOf` names the values of the order that a row stands at. */
export function pageOf<Row>(rows: Row[], limit: number, cursorOf: (row: Row) => string[]): Page<Row> {
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  if (last === undefined) return { items: rows };
  return { items: rows.slice(0, limit), next: Buffer.from(JSON.stringify(cursorOf(last))).toString('base64url') };
}

/** The values that a cursor stands for. */
export function cursorValues(after: string | undefined, count: number): string[] | undefined {
  if (after === undefined) return undefined;
  try {
    const values = JSON.parse(Buffer.from(after, 'base64url').toString()) as unknown;
    // A NUL in a cursor would reach the database, which takes none.
    if (
      Array.isArray(values) &&
      values.length === count &&
      values.every((value) => typeof value === 'string' && !value.includes('\0'))
    )
      return values as string[];
  } catch {
    // Said below: whatever is wrong with it, it is not a cursor of ours.
  }
  throw new RequestProblem(400, 'cursor-malformed', 'Take `after` from the `next` of the page before, unchanged.');
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** A cursor over ids. */
export function cursorId(after: string | undefined): string | undefined {
  const [id] = cursorValues(after, 1) ?? [];
  if (id !== undefined && !uuid.test(id))
    throw new RequestProblem(400, 'cursor-malformed', 'Take `after` from the `next` of the page before, unchanged.');
  return id;
}

/** A cursor over numbers, such as those of rows. */
export function cursorNumber(after: string | undefined): number | undefined {
  const [number] = cursorValues(after, 1) ?? [];
  if (number !== undefined && !/^\d{1,9}$/.test(number))
    throw new RequestProblem(400, 'cursor-malformed', 'Take `after` from the `next` of the page before, unchanged.');
  return number === undefined ? undefined : Number(number);
}

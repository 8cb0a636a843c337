import { createHash } from 'node:crypto';

/** Sixteen chains, so that appends for different people seldom wait for one another. */
export const chains = 16;

/** The first hex digit of SHA-256 of the person's id, in SQL; `chainOf` is its twin here. */
export const personChain = (personId: string): string =>
  `(get_byte(sha256(convert_to(${personId}::text, 'UTF8')), 0) >> 4)`;

export const chainOf = (personId: string): number =>
  Number.parseInt(createHash('sha256').update(personId.toLowerCase()).digest('hex').slice(0, 1), 16);

/**
 * SHA-256 over the hash before and the row, in SQL, the same text for whoever appends and whoever verifies. A JSON array keeps
 * fields apart and null from empty; the time is spelled out, for a cast would follow the session's time zone. The position is
 * left out: the hash before says where a row belongs, so a row that was moved is known from one that was edited.
 */
export const accessHash = (previous: string, row: string): string => `
  sha256(${previous} || convert_to(jsonb_build_array(
    ${row}.chain, to_char(${row}.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), ${row}.actor, ${row}.role, ${row}.act,
    ${row}.person_id, ${row}.field_groups, ${row}.purpose, ${row}.case_ref, ${row}.trace_id
  )::text, 'UTF8'))`;

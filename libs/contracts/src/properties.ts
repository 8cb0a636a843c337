/**
 * The vocabulary of event data. Every property says its class; a test refuses a property without one, so that
 * nothing personal can enter an event by oversight (architecture: events are thin facts).
 */
export const id = { type: 'string', format: 'uuid', 'x-data-class': 'reference' } as const;
/** Opaque account id of a member of staff, as the identity provider issues it (claim `sub`). */
export const actor = {
  type: 'string',
  minLength: 1,
  maxLength: 64,
  pattern: '^[A-Za-z0-9._:|-]+$',
  'x-data-class': 'reference',
} as const;
/** Opaque id of a partner system, as its grant names it. */
export const partner = {
  type: 'string',
  minLength: 1,
  maxLength: 64,
  pattern: '^[A-Za-z0-9._:-]+$',
  'x-data-class': 'reference',
} as const;
export const date = { type: 'string', format: 'date', 'x-data-class': 'date' } as const;
export const instant = { type: 'string', format: 'date-time', 'x-data-class': 'date' } as const;
/** TERC of a gmina: 2 voivodeship + 2 powiat + 2 gmina + 1 kind (GUS, TERYT). */
export const terc = { type: 'string', pattern: '^\\d{6}[1-589]$', 'x-data-class': 'code' } as const;
export const code = { type: 'string', pattern: '^[A-Z][A-Z0-9_]{0,63}$', 'x-data-class': 'code' } as const;
/** Slug of a service within a programme, or of one of the 14 areas. */
export const slug = { type: 'string', pattern: '^[a-z0-9][a-z0-9-]{0,63}$', 'x-data-class': 'code' } as const;
export const count = { type: 'integer', minimum: 0, maximum: 2147483647, 'x-data-class': 'count' } as const;
/** An amount of money: whole grosze, as many as a number holds exactly. */
export const grosze = {
  type: 'integer',
  minimum: 0,
  maximum: Number.MAX_SAFE_INTEGER,
  'x-data-class': 'count',
} as const;
/** Where a place of a provider is, WGS 84; never where a person is. */
export const degrees = { type: 'number', minimum: -180, maximum: 180, 'x-data-class': 'code' } as const;
/** Text that is published by law anyway: a resolution's number, a journal's position, an offer's name. Catalogue only. */
export const publicText = { type: 'string', minLength: 1, maxLength: 500, 'x-data-class': 'public-text' } as const;
/** Compact JWE for the one service that may open it. */
export const sealed = {
  type: 'string',
  maxLength: 16384,
  pattern: '^[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]*){4}$',
  'x-data-class': 'sealed',
} as const;

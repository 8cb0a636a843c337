import { date, id } from '../properties';

/** What every event of a settlement says: whose it is, and of which month, by its first day. */
export const settledMonth = { agreementId: id, providerId: id, month: date } as const;

/** Grosze or units: corrections of earlier months may turn them below zero. */
export const signed = {
  type: 'integer',
  minimum: Number.MIN_SAFE_INTEGER,
  maximum: Number.MAX_SAFE_INTEGER,
  'x-data-class': 'count',
} as const;

/** SHA-256 of all lines, so that anybody who has them can tell that they are these. */
export const digest = { type: 'string', pattern: '^[0-9a-f]{64}$', 'x-data-class': 'reference' } as const;

export const exampleMonth = {
  agreementId: '0197a000-0000-7000-8000-000000000020',
  providerId: '0197a000-0000-7000-8000-000000000010',
  month: '2026-03-01',
} as const;
export const exampleDigest = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

/** What the Polish CUS profile asks for beyond a schema of HSDS. */
export interface ProfileSchemaPatch {
  /** File of the standard's `schema` folder. */
  readonly schema: string;
  /** JSON Merge Patch (RFC 7396) of it. */
  readonly patch: object;
}

const time = { pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' };

/** Every record of the feed keeps these, so whoever reads it may count on more than HSDS promises. */
export const profilePatches: readonly ProfileSchemaPatch[] = [
  {
    schema: 'service.json',
    patch: {
      properties: { status: { enum: ['active', 'temporarily closed'] } },
      required: ['id', 'name', 'description', 'status', 'organization', 'service_areas', 'attributes'],
    },
  },
  {
    schema: 'service_area.json',
    patch: {
      properties: { extent_type: { const: 'TERC' }, extent: { pattern: '^\\d{6}[1-589]$' } },
      required: ['id', 'name', 'extent', 'extent_type'],
    },
  },
  {
    schema: 'schedule.json',
    patch: {
      properties: { freq: { enum: ['WEEKLY'] }, opens_at: time, closes_at: time },
      required: ['id', 'freq', 'byday', 'opens_at', 'closes_at'],
    },
  },
  {
    schema: 'cost_option.json',
    patch: { properties: { currency: { const: 'PLN' } }, required: ['id', 'option', 'currency'] },
  },
  {
    schema: 'address.json',
    patch: { properties: { country: { const: 'PL' }, postal_code: { pattern: '^\\d{2}-\\d{3}$' } } },
  },
  { schema: 'language.json', patch: { required: ['id', 'code'] } },
  { schema: 'required_document.json', patch: { required: ['id', 'document'] } },
  { schema: 'attribute.json', patch: { required: ['id', 'taxonomy_term'] } },
  {
    schema: 'taxonomy_term.json',
    patch: { required: ['id', 'code', 'name', 'description', 'taxonomy', 'language'] },
  },
];

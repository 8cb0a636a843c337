import { code, date, id } from '../properties';

/** What every event of a deadline tells: what is due when, from whom, and by which provision. Never whose matter it is in words. */
export const deadlineFacts = {
  required: ['kind', 'subjectId', 'dueOn', 'awaited', 'basis'],
  properties: {
    kind: code,
    subjectId: id,
    applicationId: id,
    personId: id,
    dueOn: date,
    awaited: { type: 'string', enum: ['CENTRE', 'APPLICANT', 'PROVIDER', 'APPEAL_BODY'], 'x-data-class': 'code' },
    /** A provision such as "KPA art. 129 § 2". */
    basis: { type: 'string', pattern: '^[ -~\\u00a0-\\u024f\\u2013]{1,100}$', 'x-data-class': 'code' },
  },
  examples: [
    {
      kind: 'PLAN_DRAFT',
      subjectId: '0197a000-0000-7000-8000-000000000006',
      applicationId: '0197a000-0000-7000-8000-000000000006',
      personId: '0197a000-0000-7000-8000-000000000003',
      dueOn: '2026-04-01',
      awaited: 'CENTRE',
      basis: 'art. 40',
    },
  ],
} as const;

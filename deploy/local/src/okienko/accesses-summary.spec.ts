import type { AccessFound } from '@okienko/chassis/accesses-service';
import { summaryOf } from './accesses-summary';

const row = (personId: string, at: string, ...fieldGroups: string[]): AccessFound => ({
  service: 'cases',
  at,
  account: 'anna',
  role: 'desk',
  act: 'READ',
  personId,
  fieldGroups,
  purpose: 'CASEWORK',
  caseRef: null,
  traceId: null,
});

test('a breach is told by persons, kinds of data and time, and nobody counts twice', () => {
  const found = [
    row('p1', '2026-01-02T10:00:00.000000Z', 'IDENTITY', 'CONTACT'),
    row('p1', '2026-01-01T09:00:00.000000Z', 'IDENTITY'),
    {
      ...row('p2', '2026-01-03T08:00:00.000000Z', 'HEALTH'),
      service: 'notifications' as const,
      purpose: 'BREAK_GLASS',
    },
  ];
  expect(summaryOf(found)).toEqual({
    rows: 3,
    persons: 2,
    first: '2026-01-01T09:00:00.000000Z',
    last: '2026-01-03T08:00:00.000000Z',
    personsByFieldGroup: { CONTACT: 1, HEALTH: 1, IDENTITY: 1 },
    rowsByPurpose: { BREAK_GLASS: 1, CASEWORK: 2 },
    rowsByService: { cases: 2, notifications: 1 },
  });
  expect(summaryOf([])).toMatchObject({ rows: 0, persons: 0, first: null, last: null });
});

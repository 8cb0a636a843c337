import { addDays } from '@okienko/contracts/calendar';
import fc from 'fast-check';
import { type Bucket, bucketOf, buckets } from './bucket';

const today = '2026-03-10';
const day = fc.integer({ min: -20, max: 20 }).map((days) => addDays(today, days));
const dated = fc
  .record({
    awaited: fc.constantFrom('CENTRE' as const, 'APPLICANT' as const, 'PROVIDER' as const, 'APPEAL_BODY' as const),
    dueOn: day,
    notice: fc.integer({ min: 0, max: 30 }),
  })
  .map(({ notice, ...rest }) => ({ ...rest, warnOn: addDays(rest.dueOn, -notice) }));

describe('the buckets of a worklist', () => {
  it.each([
    ['CENTRE', '2026-03-01', '2026-03-09', 'LATE'],
    ['APPLICANT', '2026-03-01', '2026-03-09', 'LATE'],
    ['CENTRE', '2026-03-01', today, 'DUE_TODAY'],
    ['PROVIDER', '2026-03-01', today, 'WAITING'],
    ['APPEAL_BODY', '2026-04-01', '2026-04-09', 'WAITING'],
    ['CENTRE', today, '2026-03-11', 'APPROACHING'],
    ['CENTRE', '2026-03-11', '2026-03-11', 'LATER'],
  ] as const)('what awaits %s, warned of on %s, due on %s, is %s', (awaited, warnOn, dueOn, bucket) =>
    expect(bucketOf({ awaited, warnOn, dueOn }, today)).toBe(bucket),
  );

  it('come in turn as days pass: what is late stays late, and what is not waited for is near before it is due', () => {
    const order: readonly Bucket[] = ['LATER', 'APPROACHING', 'DUE_TODAY', 'LATE'];
    fc.assert(
      fc.property(dated, (deadline) => {
        const days = Array.from({ length: 80 }, (_, i) => bucketOf(deadline, addDays(today, i - 40)));
        expect(buckets).toEqual(expect.arrayContaining(days));
        const ranks = days.filter((bucket) => bucket !== 'WAITING').map((bucket) => order.indexOf(bucket));
        expect(ranks).toEqual([...ranks].sort((one, other) => one - other));
        if (deadline.awaited !== 'CENTRE') expect(new Set(days)).toEqual(new Set(['WAITING', 'LATE']));
      }),
    );
  });
});

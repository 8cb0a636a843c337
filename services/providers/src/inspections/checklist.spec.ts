import fc from 'fast-check';
import { type Point, pointsMissed, resultFaults, type Verdict, verdicts } from './checklist';

const offers = ['0197a000-0000-7000-8000-000000000002', '0197a000-0000-7000-8000-000000000003', null];
const point = fc.record({ offerId: fc.constantFrom(...offers), criterion: fc.constantFrom('A', 'B', 'C', 'D') });
const checklist = fc.uniqueArray(point, { selector: ({ offerId, criterion }) => `${offerId} ${criterion}` });

describe('results', () => {
  it('are whole when each point has one, in whatever order', () => {
    fc.assert(
      fc.property(
        checklist.chain((points) =>
          fc.tuple(fc.constant(points), fc.shuffledSubarray(points, { minLength: points.length })),
        ),
        ([points, results]) => expect(resultFaults(results, points)).toEqual([]),
      ),
    );
  });

  it('are not when one is missing, there twice, or of something else', () => {
    fc.assert(
      fc.property(checklist, fc.nat(), (points, nat) => {
        fc.pre(points.length > 0);
        const at = nat % points.length;
        const one = points[at] as Point;
        expect(resultFaults(points.toSpliced(at, 1), points)).toEqual([
          { pointer: '/results', detail: expect.stringContaining(one.criterion) },
        ]);
        const last = { pointer: `/results/${points.length}`, detail: expect.any(String) };
        expect(resultFaults([...points, one], points)).toEqual([last]);
        expect(resultFaults([...points, { ...one, criterion: 'ELSE' }], points)).toEqual([last]);
      }),
    );
  });
});

it('a finding is of what was not met, and of nothing else', () => {
  fc.assert(
    fc.property(
      checklist,
      fc.array(fc.constantFrom<Verdict>(...verdicts), { minLength: 12, maxLength: 12 }),
      (points, said) => {
        const results = points.map((one, at) => ({ ...one, verdict: said[at] ?? 'MET' }));
        const faulty = pointsMissed(points, results).map(({ pointer }) => pointer);
        const expected = results.flatMap(({ verdict }, at) =>
          verdict === 'NOT_MET' ? [] : [`/findings/${at}/criterion`],
        );
        expect(faulty).toEqual(expected);
      },
    ),
  );
});

import { addDays } from '@okienko/contracts/calendar';
import fc from 'fast-check';
import { type Matter, mayBeErasedOnRequest, type PersonFile, standingOf } from './file-standing';
import { fileKinds, keptUntil, retentionOf, retentionTerms, stillKeptFrom } from './retention-terms';

const personId = '0197a000-0000-7000-8000-000000000003';
const file = (matters: readonly Matter[], isHeld = false): PersonFile => ({ personId, matters, isHeld });

const day = fc.integer({ min: 0, max: 20_000 }).map((days) => addDays('2020-01-01', days));
const kind = fc.constantFrom(...fileKinds);
const closed = fc.record({ kind, closedOn: day });
const matters = fc.array(closed, { minLength: 1, maxLength: 5 });

describe('a period', () => {
  it.each([
    ['CASE', '2026-01-01', '2036-12-31'],
    ['CASE', '2026-12-31', '2036-12-31'],
    ['CASE', '2027-01-01', '2037-12-31'],
    ['UNEXAMINED', '2026-06-15', '2031-12-31'],
    ['EU_PROJECT', '2028-02-29', '2033-12-31'],
  ] as const)('of %s closed on %s ends on %s', (kind, closedOn, last) => expect(keptUntil(kind, closedOn)).toBe(last));

  it('runs whole years from the end of the year, and never ends before the matter', () =>
    fc.assert(
      fc.property(kind, day, (kind, closedOn) => {
        const until = keptUntil(kind, closedOn);
        expect(until.slice(4)).toBe('-12-31');
        expect(Number(until.slice(0, 4)) - Number(closedOn.slice(0, 4))).toBe(retentionOf(kind, closedOn).years);
        expect(until >= closedOn).toBe(true);
      }),
    ));

  it('is still running for what was closed on the first day that must be kept, and for all that came later', () =>
    fc.assert(
      fc.property(kind, day, fc.nat(10_000), (kind, today, later) => {
        expect(keptUntil(kind, addDays(stillKeptFrom(kind, today), later)) >= today).toBe(true);
      }),
    ));

  it('of every kind has a basis and a category that says its years', () => {
    for (const history of Object.values(retentionTerms))
      for (const { category, years, basis } of history) {
        expect(category).toBe(`B${years}`);
        expect(basis).not.toBe('');
      }
  });
});

describe('a file', () => {
  it('is due on the first day after its longest period', () => {
    const both = file([
      { kind: 'REGISTRATION', closedOn: '2026-03-01' },
      { kind: 'CASE', closedOn: '2027-03-01' },
    ]);
    expect(standingOf(both, '2037-12-31')).toMatchObject({ state: 'KEPT', category: 'B10', keptUntil: '2037-12-31' });
    expect(standingOf(both, '2038-01-01')).toMatchObject({ state: 'DUE', closedOn: '2027-03-01' });
  });

  it('with a matter under way is open, however old the others are', () =>
    fc.assert(
      fc.property(matters, kind, day, (closed, kind, today) => {
        expect(standingOf(file([...closed, { kind, closedOn: null }]), today)).toEqual({ state: 'OPEN' });
      }),
    ));

  it('that is held never goes: a hold beats the period', () =>
    fc.assert(
      fc.property(matters, day, (closed, today) => {
        expect(standingOf(file(closed, true), today).state).toBe('HELD');
      }),
    ));

  it('is due exactly when each of its matters alone would be', () =>
    fc.assert(
      fc.property(matters, day, (closed, today) => {
        const alone = closed.every((matter) => standingOf(file([matter]), today).state === 'DUE');
        expect(standingOf(file(closed), today).state === 'DUE').toBe(alone);
      }),
    ));

  it('stays due once it is', () =>
    fc.assert(
      fc.property(matters, day, fc.nat(4_000), (closed, today, more) => {
        fc.pre(standingOf(file(closed), today).state === 'DUE');
        expect(standingOf(file(closed), addDays(today, more)).state).toBe('DUE');
      }),
    ));

  it('about which nothing is known is not disposed of', () =>
    expect(standingOf(file([]), '2090-01-01')).toEqual({ state: 'OPEN' }));
});

describe('a request for erasure', () => {
  it('is granted to whoever is registered and no more', () => {
    const registration = { kind: 'REGISTRATION', closedOn: '2026-11-01' } as const;
    expect(mayBeErasedOnRequest(file([registration]), '2026-11-02')).toBe(true);
    expect(mayBeErasedOnRequest(file([registration, { kind: 'CASE', closedOn: '2026-11-01' }]), '2026-11-02')).toBe(
      false,
    );
  });

  it('is granted wherever the period is over, and never where a hold or a matter is in the way', () =>
    fc.assert(
      fc.property(matters, day, (closed, today) => {
        if (standingOf(file(closed), today).state === 'DUE')
          expect(mayBeErasedOnRequest(file(closed), today)).toBe(true);
        expect(mayBeErasedOnRequest(file(closed, true), today)).toBe(false);
        expect(mayBeErasedOnRequest(file([...closed, { kind: 'CASE', closedOn: null }]), today)).toBe(false);
      }),
    ));
});

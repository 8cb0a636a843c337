import { type Principal, roles } from '@okienko/chassis/access';
import fc from 'fast-check';
import { given, where } from './conditions';
import { sightOf, withSight } from './sight';
import { maySee, visibleTo } from './visibility';

const unit = fc.constantFrom('main', 'north', 'south');
const caller = fc.record(
  { sub: fc.constant('x'), roles: fc.subarray([...roles]), unit },
  { requiredKeys: ['sub', 'roles'] },
);

const person = fc.constantFrom('p-1', 'p-2', 'p-3');
const sighted = fc
  .tuple(caller, fc.option(fc.subarray(['p-1', 'p-2', 'p-3']), { nil: undefined }))
  .map(([one, persons]): Principal => (persons ? withSight(one, { id: 'g', persons }) : one));

/** What PostgreSQL would make of the condition on one row. */
function holds(principal: Principal, row: { unit: string; personId: string }): boolean {
  return visibleTo(principal).every(({ sql, values: [of, persons = []] }) => {
    expect(sql).toBe(sightOf(principal) ? '(unit = ? or person_id = any(?::uuid[]))' : 'unit = ?');
    return of === row.unit || (persons as string[]).includes(row.personId);
  });
}

describe('visibility', () => {
  it('is one rule: a row is in the list if and only if it can be got', () => {
    fc.assert(
      fc.property(
        sighted,
        fc.record({ unit, personId: person }),
        (principal, row) => holds(principal, row) === maySee(principal, row),
      ),
    );
  });

  it('of what is nobody’s is not widened by break-glass', () => {
    fc.assert(
      fc.property(sighted, unit, (principal, rowUnit) => {
        const without: Principal = { ...principal, ...{ sight: undefined } };
        expect(maySee(principal, { unit: rowUnit })).toBe(maySee(without, { unit: rowUnit }));
        expect(visibleTo(principal, null)).toEqual(visibleTo(without, null));
      }),
    );
  });

  it('is the caller’s unit, and everything for those who answer for the whole centre', () => {
    const staff: Principal = { sub: 'a', roles: ['coordinator'] };
    expect(maySee(staff, { unit: 'main' })).toBe(true);
    expect(maySee(staff, { unit: 'north' })).toBe(false);
    expect(maySee({ ...staff, roles: ['auditor'] }, { unit: 'north' })).toBe(true);
  });
});

describe('a where', () => {
  it('numbers its parameters across conditions and leaves out what was not asked', () => {
    expect(
      where(...given('a = ?', 1), ...given('b = ?', undefined), { sql: 'c between ? and ?', values: [2, 3] }),
    ).toEqual({
      sql: 'where a = $1 and c between $2 and $3',
      values: [1, 2, 3],
    });
    expect(where()).toEqual({ sql: 'where true', values: [] });
  });
});

import { type Principal, roles } from '@okienko/chassis/access';
import fc from 'fast-check';
import { given, where } from './conditions';
import { maySee, visibleTo } from './visibility';

const unit = fc.constantFrom('main', 'north', 'south');
const caller = fc.record(
  { sub: fc.constant('x'), roles: fc.subarray([...roles]), unit },
  { requiredKeys: ['sub', 'roles'] },
);

/** What PostgreSQL would make of the condition on one row. */
function holds(principal: Principal, row: { unit: string }): boolean {
  return visibleTo(principal).every(({ sql, values }) => {
    expect(sql).toBe('unit = ?');
    return values[0] === row.unit;
  });
}

describe('visibility', () => {
  it('is one rule: a row is in the list if and only if it can be got', () => {
    fc.assert(
      fc.property(
        caller,
        unit,
        (principal, rowUnit) => holds(principal, { unit: rowUnit }) === maySee(principal, { unit: rowUnit }),
      ),
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

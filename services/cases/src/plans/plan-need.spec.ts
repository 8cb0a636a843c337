import { addDays } from '@okienko/contracts/calendar';
import fc from 'fast-check';
import { needOf, type PlannedService } from './plan-need';

const service = (from: string, to: string): PlannedService => ({ itemId: 'item', from, to });
const need = (...services: PlannedService[]) => needOf(services, 3);

describe('whether a plan is needed (art. 38(2))', () => {
  it('one service alone needs only its qualification', () => {
    expect([need(), need(service('2026-01-01', '2026-12-31'))]).toEqual(['NOT_NEEDED', 'NOT_NEEDED']);
  });

  it('two that overlap and last three months need one', () => {
    const first = service('2026-01-01', '2026-02-28');
    expect(need(first, service('2026-02-28', '2026-03-31'))).toBe('REQUIRED');
    expect(need(first, service('2026-02-28', '2026-03-30'))).toBe('OPTIONAL');
    expect(need(first, service('2026-03-01', '2026-12-31'))).toBe('OPTIONAL');
  });

  it('does not depend on the order, and one service more never makes it less needed', () => {
    const drawn = fc
      .tuple(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 200 }))
      .map(([begin, length]) => service(addDays('2026-01-01', begin), addDays('2026-01-01', begin + length)));
    const rank = ['NOT_NEEDED', 'OPTIONAL', 'REQUIRED'];
    fc.assert(
      fc.property(fc.array(drawn, { maxLength: 5 }), drawn, (services, more) => {
        expect(need(...services.toReversed())).toBe(need(...services));
        expect(rank.indexOf(need(...services, more))).toBeGreaterThanOrEqual(rank.indexOf(need(...services)));
      }),
    );
  });
});

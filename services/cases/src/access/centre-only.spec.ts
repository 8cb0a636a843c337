import { roles } from '@okienko/chassis/access';
import fc from 'fast-check';
import { assertCentre, ReservedForCentre } from './centre-only';

const staff = roles.filter((role) => role !== 'provider');

describe('acts of art. 49', () => {
  it('are closed to every account with a provider id or the provider role, whatever else it holds', () => {
    fc.assert(
      fc.property(fc.subarray(staff), fc.boolean(), (others, byRole) => {
        const account = byRole
          ? { sub: 'p', roles: [...others, 'provider' as const] }
          : { sub: 'p', roles: others, providerId: 'x' };
        expect(() => assertCentre(account)).toThrow(ReservedForCentre);
      }),
    );
  });

  it('are open to the centre’s own staff', () => {
    fc.assert(
      fc.property(fc.subarray(staff), (held) => expect(() => assertCentre({ sub: 's', roles: held })).not.toThrow()),
    );
  });
});

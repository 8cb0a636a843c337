import { NotInState } from '@okienko/contracts/domain-error';
import { covers, NoSuchEvent, partnerEvents } from './event-types';
import { Grant, GrantEndsBeforeItBegins, type GrantTerms } from './grant';

const now = new Date('2026-03-02T08:00:00Z');
const terms: GrantTerms = {
  partnerId: 'powiat-elblaski',
  types: ['cases.plan.', 'cases.application.submitted.v1'],
  gminas: [],
  purpose: 'EXAMPLE',
  validFrom: '2026-03-01',
  validTo: '2026-12-31',
};
const give = (changed: Partial<GrantTerms> = {}) =>
  Grant.give('0197a000-0000-7000-8000-000000000040', { ...terms, ...changed }, 'director-maria', now);

describe('a grant', () => {
  it('is given for a time', () => {
    expect(give().given().data).toEqual({
      partnerId: 'powiat-elblaski',
      validFrom: '2026-03-01',
      validTo: '2026-12-31',
    });
    expect(() => give({ validTo: '2026-02-28' })).toThrow(GrantEndsBeforeItBegins);
    expect(give({ validTo: '2026-03-01' }).isRevoked).toBe(false);
  });

  it.each([
    'cases.plan',
    'cases.plan.approved',
    'cases.person-contact.changed.v1',
    'cases.authorisation.',
    'notifications.',
    '.',
    '',
    '%',
  ])('is not given for %j, which names no event for partners', (type) => {
    expect(() => give({ types: [type] })).toThrow(NoSuchEvent);
  });

  it('is revoked once', () => {
    const grant = give();
    grant.revoke('director-maria', now);
    expect(grant.revoked().data).toEqual({ partnerId: 'powiat-elblaski' });
    expect(() => grant.revoke('director-maria', now)).toThrow(NotInState);
  });
});

describe('the types of a grant', () => {
  it('cover a name exactly and a prefix up to its dot', () => {
    expect(covers(terms.types, 'cases.plan.approved.v1')).toBe(true);
    expect(covers(terms.types, 'cases.application.submitted.v1')).toBe(true);
    expect(covers(terms.types, 'cases.application.submitted.v10')).toBe(false);
    expect(covers(terms.types, 'cases.planning.begun.v1')).toBe(false);
    expect(covers([], 'cases.plan.approved.v1')).toBe(false);
  });

  it('come from what three services tell the world', () => {
    expect(partnerEvents.length).toBeGreaterThan(40);
    expect(new Set(partnerEvents.map(({ $id }) => $id.split('.')[0]))).toEqual(
      new Set(['catalogue', 'cases', 'providers']),
    );
  });
});

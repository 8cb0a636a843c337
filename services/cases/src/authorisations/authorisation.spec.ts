import fc from 'fast-check';
import {
  Authorisation,
  AuthorisationDoesNotCover,
  authorisationScopes,
  NotYourAuthorisation,
  OwnAuthorisation,
  ValidityReversed,
} from './authorisation';

const terms = {
  holder: 'ous',
  number: '7',
  scope: ['APPROVE_PLANS'],
  validFrom: '2026-03-01',
  validTo: '2026-03-31',
} as const;
const granted = () => Authorisation.grant('a-1', terms, 'operator');
const covers =
  (day: string, actor = 'ous', authorisation = granted()) =>
  () =>
    authorisation.assertCovers('APPROVE_PLANS', actor, day);

describe('an authorisation', () => {
  it('covers its scope for its holder from the first day to the last', () => {
    for (const day of ['2026-03-01', '2026-03-31']) expect(covers(day)).not.toThrow();
    for (const day of ['2026-02-28', '2026-04-01']) expect(covers(day)).toThrow(AuthorisationDoesNotCover);
    expect(() => granted().assertCovers('ISSUE_DECISIONS', 'ous', '2026-03-02')).toThrow(AuthorisationDoesNotCover);
    expect(covers('2026-03-02', 'director')).toThrow(NotYourAuthorisation);
  });

  it('covers nothing once it is revoked, and is revoked once', () => {
    const authorisation = granted();
    authorisation.revoke('2026-03-05');
    expect(covers('2026-03-05', 'ous', authorisation)).toThrow(AuthorisationDoesNotCover);
    expect(() => authorisation.revoke('2026-03-06')).toThrow('REVOKED');
    expect(authorisation.revoked().data).toEqual({ holder: 'ous', revokedOn: '2026-03-05' });
  });

  it('is recorded by another than its holder, with its dates in order', () => {
    expect(() => Authorisation.grant('a', terms, 'ous')).toThrow(OwnAuthorisation);
    expect(() => Authorisation.grant('a', { ...terms, validTo: '2026-02-28' }, 'operator')).toThrow(ValidityReversed);
  });

  it('covers an act only if holder, scope and day all fit', () => {
    const day = fc.integer({ min: 1, max: 28 }).map((n) => `2026-03-${String(n).padStart(2, '0')}`);
    const who = fc.constantFrom('ous', 'director', 'kipus');
    const scope = fc.constantFrom(...authorisationScopes);
    fc.assert(
      fc.property(who, who, scope, scope, day, day, day, (holder, actor, held, wanted, from, to, today) => {
        fc.pre(from <= to);
        const authorisation = Authorisation.grant(
          'a',
          { ...terms, holder, scope: [held], validFrom: from, validTo: to },
          'operator',
        );
        const fits = holder === actor && held === wanted && from <= today && today <= to;
        const act = () => authorisation.assertCovers(wanted, actor, today);
        if (fits) expect(act).not.toThrow();
        else expect(act).toThrow();
      }),
    );
  });
});

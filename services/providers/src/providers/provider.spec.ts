import { addDays } from '@okienko/contracts/calendar';
import { assertSendable } from '@okienko/contracts/validation';
import fc from 'fast-check';
import { Provider } from './provider';
import type { ProviderDetails } from './provider-details';
import { EntryFaulty, PermitExpired, ProviderDeactivated, RpwdlMissing, VerificationOver } from './provider-errors';

const id = '0197a000-0000-7000-8000-000000000010';
const offerId = '0197a000-0000-7000-8000-000000000002';
const today = '2026-03-02';
const by = 'ous-olga';
const person: ProviderDetails = {
  kind: 'NATURAL_PERSON',
  name: { pl: 'Maria Przykładowa' },
  nip: '5260250274',
  terc: '2861011',
  address: 'ul. Wzorcowa 1, Elbląg',
};
const ngo: ProviderDetails = { kind: 'NGO', name: { pl: 'Fundacja Blisko' } };
const verified = (details: ProviderDetails, until?: string): Provider => {
  const provider = Provider.register(id, details);
  provider.verify('KRS_EXTRACT', by, today, until);
  return provider;
};

it('a registered provider is announced by kind and gmina, and by nothing that names it', () => {
  const { contract, ...fact } = Provider.register(id, person).registered();
  expect(contract.$id).toBe('providers.provider.registered.v1');
  expect(fact).toEqual({ subject: id, gmina: '2861011', data: { kind: 'NATURAL_PERSON', terc: '2861011' } });
});

it('a provider without a gmina is announced without one', () => {
  const registered = Provider.register(id, ngo).registered();
  expect(registered.data).toEqual({ kind: 'NGO' });
  expect(() => assertSendable(registered.contract, registered.data)).not.toThrow();
});

it('whatever happens to a provider that is a natural person, its events do not name it', () => {
  const provider = Provider.register(id, { ...person, permits: [{ code: 'CARE', number: 'KANAREK-1', from: today }] });
  const facts = [
    provider.registered(),
    provider.verify('ID_CARD', by, today, today),
    provider.expire('2026-03-03'),
    provider.correct({ ...person, name: { pl: 'Maria Wzorcowa' }, address: 'ul. Inna 2' }),
    provider.reject('NOT_IN_REGISTER', by, today),
    provider.deactivate('CEASED_ACTIVITY', by, today),
    provider.reactivate(today),
  ];
  for (const fact of facts) {
    expect(fact).toBeDefined();
    if (fact) assertSendable(fact.contract, fact.data);
  }
  expect(JSON.stringify(facts)).not.toMatch(/Maria|Wzorcow|Inna|5260250274|KANAREK/);
});

describe('a correction', () => {
  it.each<[string, ProviderDetails, string[]]>([
    ['nothing', ngo, []],
    ['its seat', { ...ngo, address: 'ul. Winna 9, Elbląg', terc: '2861011' }, ['SEAT']],
    ['its services', { ...ngo, services: [{ offerId }, { code: 'teleopieka' }] }, ['SERVICES']],
    ['its name', { ...ngo, name: { pl: 'Fundacja Bliżej' } }, ['NAME']],
    ['its numbers', { ...ngo, krs: '0000123456' }, ['IDENTIFIERS']],
    ['its kind and permits', { ...ngo, kind: 'FIRM', permits: [{ code: 'CARE', from: today }] }, ['KIND', 'PERMITS']],
  ])('of %s says what has changed', (_, details, changed) => {
    const provider = verified(ngo);
    expect(provider.correct(details).data).toEqual({
      kind: details.kind,
      changed,
      ...(details.terc && { terc: details.terc }),
    });
    const kept = changed.every((aspect) => ['SEAT', 'SERVICES'].includes(aspect));
    expect(provider).toMatchObject({ verification: kept ? 'VERIFIED' : 'UNVERIFIED' });
    expect(provider.verdict).toEqual(kept ? { by, on: today, evidenceCode: 'KRS_EXTRACT' } : null);
  });

  it('takes away what it leaves out', () => {
    const provider = Provider.register(id, person);
    provider.correct(ngo);
    expect(provider).toMatchObject({ nip: null, terc: null, address: null });
  });

  it('and a registration tell every fault of the entry', () => {
    const faulty = {
      ...ngo,
      services: [{}, { offerId }, { offerId, code: 'teleopieka' }],
      permits: [{ code: 'CARE', from: today, to: '2026-03-01' }],
    };
    const faults = ['/services/0', '/services/2', '/permits/0/to'].map((pointer) =>
      expect.objectContaining({ pointer }),
    );
    for (const act of [() => Provider.register(id, faulty), () => Provider.register(id, ngo).correct(faulty)]) {
      expect(act).toThrow(EntryFaulty);
      expect(act).toThrow(expect.objectContaining({ errors: faults }));
    }
  });
});

describe('a verification', () => {
  it('of a medical entity needs its number in RPWDL', () => {
    const clinic: ProviderDetails = { ...ngo, kind: 'MEDICAL_ENTITY' };
    expect(() => verified(clinic)).toThrow(RpwdlMissing);
    expect(verified({ ...clinic, rpwdl: '000000012345' })).toMatchObject({ verification: 'VERIFIED' });
  });

  it('is refused over a permit that has run out, and cannot end before it begins', () => {
    const permits = [{ code: 'CARE', from: '2020-01-01', to: '2026-03-01' }];
    expect(() => verified({ ...ngo, permits })).toThrow(PermitExpired);
    expect(() => verified(ngo, '2026-03-01')).toThrow(VerificationOver);
  });

  it('is refused by its reason, and may be made again', () => {
    const provider = Provider.register(id, ngo);
    expect(provider.reject('NOT_IN_REGISTER', by, today).data).toEqual({ kind: 'NGO', reasonCode: 'NOT_IN_REGISTER' });
    expect(provider).toMatchObject({ verification: 'REJECTED', verdict: { by, on: today } });
    expect(provider.verify('KRS_EXTRACT', by, today).data).toEqual({ kind: 'NGO', evidenceCode: 'KRS_EXTRACT' });
  });

  it('ends with the first of what it rests on, on no day before and once', () => {
    const day = fc.integer({ min: 0, max: 400 }).map((days) => addDays(today, days));
    const ends = fc.array(fc.option(day, { nil: undefined }), { maxLength: 5 });
    fc.assert(
      fc.property(ends, fc.option(day, { nil: undefined }), day, (permitEnds, until, asked) => {
        const permits = permitEnds.map((to) => ({
          code: 'CARE',
          from: '2020-01-01',
          ...(to === undefined ? {} : { to }),
        }));
        const provider = verified({ ...ngo, permits }, until);
        const all = [until, ...permitEnds].filter((end) => end !== undefined);
        const isOver = all.some((end) => end < asked);
        expect(provider.expire(asked)?.data).toEqual(isOver ? { kind: 'NGO', expiredOn: all.sort()[0] } : undefined);
        expect(provider).toMatchObject({ verification: isOver ? 'EXPIRED' : 'VERIFIED' });
        expect(provider.expire(asked)).toBeUndefined();
      }),
    );
  });
});

it('a provider that was deactivated is not changed until it is reactivated', () => {
  const provider = Provider.register(id, ngo);
  expect(() => provider.reactivate(today)).toThrow(/cannot be reactivated/);
  expect(provider.deactivate('CEASED_ACTIVITY', by, today).data).toEqual({
    kind: 'NGO',
    deactivatedOn: today,
    reasonCode: 'CEASED_ACTIVITY',
  });
  expect(() => provider.deactivate('CEASED_ACTIVITY', by, today)).toThrow(/cannot be deactivated/);
  for (const act of [
    () => provider.assertActive(),
    () => provider.correct(ngo),
    () => provider.verify('KRS_EXTRACT', by, today),
    () => provider.reject('NOT_IN_REGISTER', by, today),
  ])
    expect(act).toThrow(ProviderDeactivated);
  provider.reactivate(today);
  expect(() => provider.assertActive()).not.toThrow();
});

it('the end of a verification is told once, in its last thirty days', () => {
  const until = addDays(today, 40);
  const provider = verified(ngo, until);
  expect(provider.warn(addDays(until, -31))).toBeUndefined();
  const told = provider.warn(addDays(until, -30));
  expect(told).toMatchObject({ subject: id, data: { kind: 'NGO', endsOn: until } });
  expect(provider.warn(addDays(until, -29))).toBeUndefined();
  provider.verify('KRS_EXTRACT', by, addDays(until, -29), addDays(until, 1));
  expect(provider.warn(addDays(until, 2))).toBeUndefined();
  expect(provider.warn(addDays(until, 1))).toMatchObject({ data: { endsOn: addDays(until, 1) } });
  expect(verified(ngo).warn(until)).toBeUndefined();
});

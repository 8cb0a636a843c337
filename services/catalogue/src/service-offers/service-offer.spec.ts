import { assertSendable } from '@okienko/contracts/validation';
import { ServiceOffer } from './service-offer';
import { exampleOffer, exampleProgrammeOffer, offeredProgramme } from './service-offer-example';

const id = '0197a000-0000-7000-8000-000000000002';
const programmeId = '0197a000-0000-7000-8000-000000000004';
const wrongState = expect.objectContaining({ kind: 'conflict', code: 'wrong-state' });
const notInProgramme = expect.objectContaining({ kind: 'rule-broken', code: 'service-not-in-programme' });

describe('a service offer', () => {
  it('tells its law and gmina when drafted', () => {
    const fact = ServiceOffer.draft(id, exampleOffer(), undefined).drafted();
    assertSendable(fact.contract, fact.data);
    expect(fact.data).toEqual({ legalTrack: 'SOCIAL_ASSISTANCE_DECISION', terc: '2861011' });
    expect(fact.gmina).toBe('2861011');
  });

  it('tells what it is when published under a programme', () => {
    const fact = ServiceOffer.draft(id, exampleProgrammeOffer(programmeId), offeredProgramme).publish(offeredProgramme);
    assertSendable(fact.contract, fact.data);
    expect(fact.data).toEqual({
      programmeId,
      serviceCode: 'teleopieka',
      legalTrack: 'PUS',
      recipientKind: 'PERSON',
      areas: ['pomoc-spoleczna'],
      terc: '2861011',
      unit: 'HOUR',
      name: 'Teleopieka',
    });
  });

  it('tells no programme when another law grants the service', () => {
    const { data } = ServiceOffer.draft(id, exampleOffer(), undefined).publish(undefined);
    expect(data).not.toHaveProperty('programmeId');
    expect(data).not.toHaveProperty('serviceCode');
  });

  it('is published once and withdrawn once, in that order', () => {
    const offer = ServiceOffer.draft(id, exampleOffer(), undefined);
    expect(() => offer.withdraw('NO_PROVIDER')).toThrow(wrongState);
    offer.publish(undefined);
    expect(() => offer.publish(undefined)).toThrow(wrongState);
    expect(offer.withdraw('NO_PROVIDER').data).toEqual({ reasonCode: 'NO_PROVIDER' });
    expect(() => offer.withdraw('NO_PROVIDER')).toThrow(wrongState);
    expect(() => offer.publish(undefined)).toThrow(wrongState);
  });
});

describe('an offer of the track PUS', () => {
  it('names a programme that exists and one of its services', () => {
    const content = exampleProgrammeOffer(programmeId);
    expect(() => ServiceOffer.draft(id, content, undefined)).toThrow(notInProgramme);
    expect(() => ServiceOffer.draft(id, { ...content, serviceCode: 'taxi' }, offeredProgramme)).toThrow(notInProgramme);
    expect(() => ServiceOffer.draft(id, exampleOffer({ legalTrack: 'PUS' }), offeredProgramme)).toThrow(notInProgramme);
  });

  it('is the only one that names a programme', () => {
    const content = { ...exampleProgrammeOffer(programmeId), legalTrack: 'OTHER_ACT' } as const;
    expect(() => ServiceOffer.draft(id, content, offeredProgramme)).toThrow(notInProgramme);
  });

  it.each(['DRAFT', 'CONSULTED', 'ADOPTED', 'PUBLISHED_IN_JOURNAL', 'ENDED'] as const)(
    'is not published while its programme is %s',
    (state) => {
      const offer = ServiceOffer.draft(id, exampleProgrammeOffer(programmeId), { ...offeredProgramme, state });
      expect(() => offer.publish({ ...offeredProgramme, state })).toThrow(
        expect.objectContaining({ kind: 'rule-broken', code: 'programme-not-in-force', basis: 'art. 4' }),
      );
    },
  );
});

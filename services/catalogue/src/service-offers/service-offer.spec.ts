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

describe('what is said of a service', () => {
  const made = () => ServiceOffer.draft(id, exampleOffer(), undefined);

  it('is said better, before and after publication, until it is withdrawn', () => {
    const offer = made();
    const better = exampleOffer({ name: { pl: 'Usługi opiekuńcze w domu' }, areas: ['promocja-i-ochrona-zdrowia'] });
    const { contract, data } = offer.revise(better);
    assertSendable(contract, data);
    expect(data).toEqual({
      recipientKind: 'PERSON',
      areas: ['promocja-i-ochrona-zdrowia'],
      name: 'Usługi opiekuńcze w domu',
    });
    expect(offer.publish(undefined).data).toMatchObject({ name: 'Usługi opiekuńcze w domu' });
    offer.revise(exampleOffer());
    offer.withdraw('NO_PROVIDER');
    expect(() => offer.revise(better)).toThrow(wrongState);
  });

  it.each([{ terc: '2607011' }, { unit: 'RIDE' }, { legalTrack: 'OTHER_ACT' }, { serviceCode: 'taxi' }] as const)(
    'is another offer when %j changes',
    (change) => {
      expect(() => made().revise(exampleOffer(change))).toThrow(
        expect.objectContaining({
          code: 'another-offer',
          message: expect.stringContaining(Object.keys(change)[0]!) as string,
        }),
      );
    },
  );

  it('is confirmed by its owner when it is another body’s, and never back in time', () => {
    const entry = (confirmedOn: string) =>
      ServiceOffer.draft(id, exampleOffer({ informationOnly: { owner: 'MOK', confirmedOn } }), undefined);
    expect(entry('2026-01-01').confirm('2026-03-10', '2026-03-10').data).toEqual({ confirmedOn: '2026-03-10' });
    expect(entry('2026-03-01').confirm('2026-02-01', '2026-03-10').data).toEqual({ confirmedOn: '2026-03-01' });
    expect(() => entry('2026-01-01').confirm('2026-03-11', '2026-03-10')).toThrow(
      expect.objectContaining({ code: 'not-yet-happened' }),
    );
    expect(() => made().confirm('2026-03-10', '2026-03-10')).toThrow(
      expect.objectContaining({ code: 'not-information-only' }),
    );
    const ours = {
      ...exampleProgrammeOffer(programmeId),
      informationOnly: { owner: 'MOK', confirmedOn: '2026-01-01' },
    };
    expect(() => ServiceOffer.draft(id, ours, offeredProgramme)).toThrow(
      expect.objectContaining({ code: 'information-only-under-pus' }),
    );
  });
});

describe('what the feed of another body says of its service', () => {
  const today = '2026-03-10';
  const said = (confirmedOn: string, changes: Parameters<typeof exampleOffer>[0] = {}) =>
    exampleOffer({ informationOnly: { owner: 'MOK', confirmedOn }, ...changes });
  const entry = () => ServiceOffer.draft(id, said('2026-01-01'), undefined);
  const facts = (events: readonly { contract: { $id: string }; data: unknown }[]) =>
    events.map(({ contract, data }) => [contract.$id.replace('catalogue.service-offer.', ''), data]);

  it('changes nothing when it is said already, however old it is', () => {
    expect(entry().takeOver(said('2026-01-01'), false, today)).toEqual([]);
    expect(entry().takeOver(said('2025-01-01'), false, today)).toEqual([]);
    const turned = Object.fromEntries(Object.entries(said('2026-01-01')).reverse()) as ReturnType<typeof said>;
    expect(entry().takeOver(turned, false, today)).toEqual([]);
  });

  it('is told in the order of the life of an offer', () => {
    const offer = entry();
    expect(facts(offer.takeOver(said('2026-03-01'), true, today))).toEqual([
      ['confirmed.v1', { confirmedOn: '2026-03-01' }],
      ['published.v1', expect.objectContaining({ name: 'Usługi opiekuńcze' })],
    ]);
    expect(facts(offer.takeOver(said('2026-02-01', { name: { pl: 'Opieka' } }), true, today))).toEqual([
      ['revised.v1', expect.objectContaining({ name: 'Opieka' })],
    ]);
    expect(offer.indexed.content.informationOnly).toEqual({ owner: 'MOK', confirmedOn: '2026-03-01' });
    expect(facts(offer.takeOver(said('2026-03-01', { name: { pl: 'Opieka' } }), false, today))).toEqual([
      ['withdrawn.v1', { reasonCode: 'CLOSED_BY_OWNER' }],
    ]);
    expect(offer.takeOver(said('2026-03-09'), false, today)).toEqual([]);
    expect(() => offer.takeOver(said('2026-03-09'), true, today)).toThrow(wrongState);
  });

  it("never touches the centre's own offer, makes an offer another one, or counts on a day to come", () => {
    const own = ServiceOffer.draft(id, exampleOffer(), undefined);
    const ownOffer = expect.objectContaining({ kind: 'conflict', code: 'own-offer' });
    expect(() => own.takeOver(said('2026-03-01'), true, today)).toThrow(ownOffer);
    expect(() => entry().takeOver(exampleOffer(), true, today)).toThrow(ownOffer);
    expect(() => entry().takeOver(said('2026-03-01', { terc: '2607011' }), true, today)).toThrow(
      expect.objectContaining({ code: 'another-offer' }),
    );
    expect(() => entry().takeOver(said('2026-03-11'), true, today)).toThrow(
      expect.objectContaining({ code: 'not-yet-happened' }),
    );
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

  it('waits as a draft for its programme when a catalogue lists it without one', () => {
    const content = exampleOffer({ legalTrack: 'PUS' });
    const offer = ServiceOffer.listed(id, content);
    expect(offer.awaitsProgramme).toBe(true);
    expect(() => ServiceOffer.listed(id, content).publish(undefined)).toThrow(notInProgramme);
    const named = { ...exampleProgrammeOffer(programmeId), unit: 'PLACE' } as const;
    expect(() => offer.revise({ ...named, serviceCode: 'taxi' }, offeredProgramme)).toThrow(notInProgramme);
    expect(() => offer.revise(named, undefined)).toThrow(notInProgramme);
    expect(() => offer.revise({ ...named, terc: '2607011' }, offeredProgramme)).toThrow(
      expect.objectContaining({ code: 'another-offer' }),
    );
    offer.revise({ ...content, name: { pl: 'Teleopieka domowa' } });
    offer.revise(named, offeredProgramme);
    expect(offer.awaitsProgramme).toBe(false);
    expect(() => offer.revise({ ...named, unit: 'HOUR' }, offeredProgramme)).toThrow(
      expect.objectContaining({ code: 'another-offer' }),
    );
    expect(offer.publish(offeredProgramme).data).toMatchObject({ programmeId, unit: 'PLACE' });
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

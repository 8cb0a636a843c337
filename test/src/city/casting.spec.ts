import { randomBytes } from 'node:crypto';
import { decryptField } from '@okienko/privacy/sealed-column';
import { Chance } from '../chance';
import { Caster } from './casting';
import { type Mould, sealedMark } from './moulds';
import { slopeOf } from './slope';

const [person, plan, offer, event] = ['a', 'b', 'c', 'd'].map(
  (digit) => `0197a000-0000-7000-8000-00000000000${digit}`,
) as [string, string, string, string];
const place = { table: 'individual_plan', column: 'texts' };
const mould: Mould = {
  name: 'teleopieka served 1',
  began: '2026-11-23',
  weeks: 5,
  personId: person,
  rows: [
    {
      table: 'cases.individual_plan',
      row: {
        id: plan,
        person_id: person,
        items: [{ offerId: offer }],
        drafted_at: '2026-12-07T10:00:00+00:00',
        clause: '2020-01-01',
        notice: 'KU/cus-polnoc/3/2026',
        texts: `${sealedMark}${JSON.stringify({ ...place, rowId: plan, text: 'W domu.' })}`,
      },
    },
  ],
  events: [
    {
      service: 'cases',
      id: event,
      aggregate_type: 'plan',
      aggregate_id: plan,
      sequence: 1,
      subject: 'cases.plan.closed.v1',
      event: JSON.stringify({ id: event, subject: plan, time: '2026-12-28T10:00:00.000Z', data: { offerId: offer } }),
    },
  ],
};

describe('a life that is cast', () => {
  const key = randomBytes(32);
  const life = { personId: '0197b000-0000-7000-8000-000000000001', key, filedOn: '2023-02-06' };
  const cityOffer = '0197b000-0000-7000-8000-000000000002';
  const caster = new Caster(mould, new Map([[offer, cityOffer]]), new Chance(1), () => 7);
  const [first, second] = [caster.cast(life), caster.cast(life)];
  const row = JSON.parse(first.rows[0]?.json ?? '{}') as Record<string, string> & { items: unknown };
  const told = JSON.parse(first.events[0]?.event ?? '{}') as Record<string, unknown>;

  it('has the person, the offers of the city, and ids of its own that agree with each other', () => {
    expect(row).toMatchObject({ person_id: life.personId, items: [{ offerId: cityOffer }] });
    expect(told).toMatchObject({ id: first.events[0]?.id, subject: row['id'], data: { offerId: cityOffer } });
    expect(row['id']).toMatch(/^0186/);
    expect(first.events[0]?.id).not.toBe(second.events[0]?.id);
    expect([row['id'], told['id']].some((id) => [plan, event].includes(String(id)))).toBe(false);
  });

  it('happens when it is said to, by clauses of their own day, under a number of its own', () => {
    expect(row).toMatchObject({
      drafted_at: '2023-02-20T10:00:00+00:00',
      clause: '2020-01-01',
      notice: 'KU/cus-polnoc/7/2023',
    });
    expect(told['time']).toBe('2023-03-13T10:00:00.000Z');
  });

  it('is sealed under the key of its person, for its own row', () => {
    const sealed = Buffer.from(String(row['texts']).slice(2), 'hex');
    expect(decryptField(key, sealed, { ...place, rowId: String(row['id']) })).toBe('W domu.');
    expect(() => decryptField(key, sealed, { ...place, rowId: plan })).toThrow();
  });
});

describe('how fast something grows', () => {
  it('is the slope of the line that lies nearest', () => {
    expect(slopeOf([0, 1, 2, 3].map((at) => [at, 5 + 2 * at] as const))).toBeCloseTo(2);
    expect(slopeOf([0, 1, 2].map((at) => [at, 5] as const))).toBe(0);
    expect(slopeOf([[0, 5]])).toBe(0);
  });
});

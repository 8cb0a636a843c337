import { assertSendable } from '@okienko/contracts/validation';
import { Performer } from './performer';
import { ConditionNotAsked, ConditionOfAllocation, LeftBeforeItBegan, ValidityReversed } from './performer-errors';
import type { PerformerKind } from './performer-terms';
import type { Proof } from './proofs';
import { RequiredQualification } from './required-qualification';

const id = '0197a000-0000-7000-8000-000000000030';
const providerId = '0197a000-0000-7000-8000-000000000010';
const allocationId = '0197a000-0000-7000-8000-000000000008';
const name = Buffer.from('sealed');
const performer = (kind: PerformerKind = 'STAFF') =>
  Performer.register(id, { providerId, kind, name, from: '2026-01-01' });
const proof = (code: string, more: Partial<Proof> = {}): Proof => ({
  kind: 'CONDITION',
  code,
  allocationId: null,
  from: '2026-03-02',
  to: null,
  ...more,
});

it('what happens to performers is told by ids, codes and dates', () => {
  const neighbour = performer('NEIGHBOUR');
  const expiring = proof('FIRST_AID_COURSE', { to: '2026-04-01' });
  const facts = [
    neighbour.registered(),
    neighbour.correctName(name),
    neighbour.show(proof('NURSE', { kind: 'QUALIFICATION', to: '2028-01-01' })),
    neighbour.meet([proof('ADULT'), proof('ABILITY_STATEMENT')]),
    neighbour.meet([proof('LIVES_NEARBY')], allocationId),
    neighbour.withdraw(proof('LIVES_NEARBY', { allocationId }), '2026-05-01'),
    neighbour.warn(expiring, '2026-04-01'),
    neighbour.leave('2026-06-30'),
  ];
  for (const { contract, subject, data } of facts) {
    assertSendable(contract, data);
    expect({ subject, data }).toMatchObject({ subject: id, data: { providerId } });
  }
  expect(facts.slice(2).map(({ data }) => data)).toEqual([
    { providerId, code: 'NURSE', from: '2026-03-02', to: '2028-01-01' },
    { providerId, conditions: ['ADULT', 'ABILITY_STATEMENT'] },
    { providerId, conditions: ['LIVES_NEARBY'], allocationId },
    { providerId, proofKind: 'CONDITION', code: 'LIVES_NEARBY', allocationId, withdrawnOn: '2026-05-01' },
    { providerId, proofKind: 'CONDITION', code: 'FIRST_AID_COURSE', to: '2026-04-01' },
    { providerId, leftOn: '2026-06-30' },
  ]);
});

describe('a condition', () => {
  it('is recorded only where the law asks it', () => {
    expect(() => performer('STAFF').meet([proof('ADULT')])).toThrow(ConditionNotAsked);
    expect(() => performer('VOLUNTEER').meet([proof('FIRST_AID_COURSE')])).toThrow(ConditionNotAsked);
    expect(() => performer('VOLUNTEER').meet([proof('VOLUNTEER_AGREEMENT')])).not.toThrow();
  });

  it('is recorded for all recipients or for one, as the law has it', () => {
    const neighbour = performer('NEIGHBOUR');
    expect(() => neighbour.meet([proof('ACCEPTED_BY_RECIPIENT')])).toThrow(ConditionOfAllocation);
    expect(() => neighbour.meet([proof('ADULT')], allocationId)).toThrow(ConditionOfAllocation);
  });

  it('and a qualification hold in a period that runs forwards', () => {
    const reversed = { to: '2026-03-01' };
    expect(() => performer('NEIGHBOUR').meet([proof('ADULT', reversed)])).toThrow(ValidityReversed);
    expect(() => performer().show(proof('NURSE', { kind: 'QUALIFICATION', ...reversed }))).toThrow(ValidityReversed);
  });
});

it('somebody leaves once, not before the first day, and shows nothing afterwards', () => {
  const gone = performer();
  expect(() => gone.leave('2025-12-31')).toThrow(LeftBeforeItBegan);
  gone.leave('2026-01-01');
  expect(() => gone.leave('2026-06-30')).toThrow(/cannot be changed/);
  expect(() => gone.show(proof('NURSE', { kind: 'QUALIFICATION' }))).toThrow(/cannot be changed/);
});

it('what a service needs is laid down and ends once', () => {
  const offerId = '0197a000-0000-7000-8000-000000000002';
  const required = RequiredQualification.layDown(id, offerId, 'NURSE', 'Dz.U. 2011 nr 174 poz. 1039', '2026-01-01');
  expect(required.laidDown().data).toEqual({ offerId, code: 'NURSE', from: '2026-01-01' });
  expect(() => required.end('2025-12-31')).toThrow(ValidityReversed);
  expect(required.end('2026-12-31').data).toEqual({ offerId, code: 'NURSE', to: '2026-12-31' });
  expect(() => required.end('2027-12-31')).toThrow(/cannot be ended/);
});

describe('somebody who has left', () => {
  it('is erased once the fifth year after that is over, and once', () => {
    const left = performer();
    expect(() => left.erase('2040-01-01')).toThrow(/cannot be erased/);
    left.leave('2026-01-01');
    expect(() => left.erase('2031-12-31')).toThrow(/cannot be erased/);
    const { contract, data } = left.erase('2032-01-01');
    assertSendable(contract, data);
    expect(data).toEqual({ providerId, erasedOn: '2032-01-01' });
    expect(() => left.erase('2032-01-02')).toThrow(/cannot be erased/);
  });
});

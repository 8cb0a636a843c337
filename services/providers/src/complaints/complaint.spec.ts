import { addDays } from '@okienko/contracts/calendar';
import { assertSendable } from '@okienko/contracts/validation';
import type { DomainEvent } from '@okienko/contracts/event';
import fc from 'fast-check';
import { TermPast } from '../inspections/inspection-errors';
import { Complaint, type ComplaintState, type Reception } from './complaint';
import {
  AnonymousHasNoPerson,
  OwnExamination,
  PositionAsked,
  PositionGiven,
  ReceivedInFuture,
  TermNotLater,
} from './complaint-errors';

const id = '0197a000-0000-7000-8000-000000000033';
const providerId = '0197a000-0000-7000-8000-000000000010';
const offerId = '0197a000-0000-7000-8000-000000000002';
const orderId = '0197a000-0000-7000-8000-000000000011';
const personId = '0197a000-0000-7000-8000-000000000001';
const today = '2026-03-02';
const sealed = Buffer.from('sealed');
const reception: Reception = {
  providerId,
  offerId,
  orderId,
  channel: 'DESK',
  anonymous: false,
  personId,
  words: sealed,
  receivedOn: today,
};
const receive = (more: Partial<Reception> = {}) => Complaint.receive(id, { ...reception, ...more }, today);
const examined = () => {
  const complaint = receive();
  complaint.examine('ous-olga', today);
  return complaint;
};

it('is told by ids, codes and days; neither who complains nor about which order is told', () => {
  const complaint = receive();
  const facts = [
    complaint.received(),
    complaint.examine('ous-olga', today),
    complaint.askPosition('PUNCTUALITY', '2026-03-16', today),
    complaint.givePosition(sealed, today),
    complaint.extend('2026-04-20', 'EVIDENCE_AWAITED', today),
    complaint.tellOverdue('2026-04-21'),
    complaint.reply('PARTLY', sealed, 'dyr-ewa', '2026-04-21'),
    receive({ offerId: null }).passOn('VOIVODE', 'ous-olga', today),
    receive().withdraw('desk-ida', today),
  ].flatMap((fact) => fact ?? []);
  for (const { contract, data } of facts) {
    assertSendable(contract, data);
    expect(contract['x-audience']).toBe('internal');
  }
  expect(facts.map(({ data }) => data)).toEqual([
    { providerId, offerId, channel: 'DESK', receivedOn: today, dueOn: '2026-04-02' },
    { providerId, startedOn: today },
    { providerId, code: 'PUNCTUALITY', dueOn: '2026-03-16' },
    { providerId, givenOn: today },
    { providerId, reasonCode: 'EVIDENCE_AWAITED', dueOn: '2026-04-20' },
    { providerId, dueOn: '2026-04-20' },
    { providerId, offerId, outcome: 'PARTLY', answeredOn: '2026-04-21' },
    { providerId, to: 'VOIVODE', passedOn: today },
    { providerId, withdrawnOn: today },
  ]);
  expect(JSON.stringify(facts)).not.toMatch(new RegExp(`${personId}|${orderId}|sealed|olga|ewa`));
});

it.each([
  ['2026-01-31', '2026-02-28', '2026-02-07'],
  ['2026-02-28', '2026-03-28', '2026-03-07'],
  ['2025-12-31', '2026-01-31', '2026-01-07'],
])('that of %s is answered by %s (KPA 237) and passed on by %s (KPA 231)', (receivedOn, dueOn, passOnBy) => {
  expect(receive({ receivedOn })).toMatchObject({ dueOn, passOnBy });
});

it('is received once it has come, from somebody or from nobody known', () => {
  expect(() => receive({ receivedOn: addDays(today, 1) })).toThrow(ReceivedInFuture);
  expect(() => receive({ anonymous: true })).toThrow(AnonymousHasNoPerson);
  expect(receive({ anonymous: true, personId: null }).personId).toBeNull();
});

it('is answered by somebody else than who examined it', () => {
  expect(() => examined().reply('FOUNDED', sealed, 'ous-olga', today)).toThrow(OwnExamination);
  expect(() => receive().reply('FOUNDED', sealed, 'dyr-ewa', today)).toThrow(/RECEIVED/);
});

it('gets another term only later, and keeps each with its reason', () => {
  const complaint = examined();
  expect(() => complaint.extend('2026-04-02', 'EVIDENCE_AWAITED', today)).toThrow(TermNotLater);
  expect(() => complaint.extend('2026-04-20', 'EVIDENCE_AWAITED', '2026-04-21')).toThrow(TermNotLater);
  complaint.extend('2026-04-20', 'EVIDENCE_AWAITED', '2026-04-01');
  expect(complaint.extensions).toEqual([
    { from: '2026-04-02', to: '2026-04-20', reasonCode: 'EVIDENCE_AWAITED', on: '2026-04-01' },
  ]);
});

it('is put to the provider once, and the provider says once what it says', () => {
  const complaint = examined();
  expect(() => complaint.askPosition('PUNCTUALITY', addDays(today, -1), today)).toThrow(TermPast);
  complaint.askPosition('PUNCTUALITY', today, today);
  expect(() => complaint.askPosition('PUNCTUALITY', today, today)).toThrow(PositionAsked);
  complaint.givePosition(sealed, addDays(today, 5));
  expect(() => complaint.givePosition(sealed, today)).toThrow(PositionGiven);
});

it('whatever is tried in whatever order, it ends once, and is overdue once a term', () => {
  const open: readonly ComplaintState[] = ['RECEIVED', 'UNDER_EXAMINATION'];
  const next: Record<string, readonly [from: readonly ComplaintState[], to?: ComplaintState]> = {
    examine: [['RECEIVED'], 'UNDER_EXAMINATION'],
    extend: [open],
    reply: [['UNDER_EXAMINATION'], 'ANSWERED'],
    passOn: [open, 'PASSED_ON'],
    withdraw: [open, 'WITHDRAWN'],
  };
  const acts: Record<string, (complaint: Complaint, now: string) => DomainEvent> = {
    examine: (complaint, now) => complaint.examine('ous-olga', now),
    extend: (complaint, now) =>
      complaint.extend(addDays(now > complaint.dueOn ? now : complaint.dueOn, 5), 'OTHER', now),
    reply: (complaint, now) => complaint.reply('UNFOUNDED', sealed, 'dyr-ewa', now),
    passOn: (complaint, now) => complaint.passOn('VOIVODE', 'ous-olga', now),
    withdraw: (complaint, now) => complaint.withdraw('desk-ida', now),
  };
  const tries = fc.array(
    fc.record({
      act: fc.oneof(
        { weight: 3, arbitrary: fc.constantFrom('examine', 'extend', 'tellOverdue') },
        { weight: 1, arbitrary: fc.constantFrom('reply', 'passOn', 'withdraw') },
      ),
      later: fc.nat(25),
    }),
    { maxLength: 15 },
  );
  fc.assert(
    fc.property(tries, (tried) => {
      const complaint = receive();
      let now = today;
      let state: ComplaintState = 'RECEIVED';
      let told = false;
      for (const { act, later } of tried) {
        now = addDays(now, later);
        if (act === 'tellOverdue') {
          const isDue: boolean = open.includes(state) && now > complaint.dueOn && !told;
          expect(complaint.tellOverdue(now) !== undefined).toBe(isDue);
          told ||= isDue;
          continue;
        }
        const [from, to] = next[act] ?? [[]];
        const attempt = () => acts[act]?.(complaint, now);
        if (!from.includes(state)) {
          expect(attempt).toThrow(state);
          continue;
        }
        attempt();
        if (act === 'extend') told = false;
        state = to ?? state;
        expect(complaint).toMatchObject({ state, closedOn: open.includes(state) ? null : expect.any(String) });
      }
    }),
  );
});

import { addDays, type Day } from '@okienko/contracts/calendar';
import { DomainError } from '@okienko/contracts/domain-error';
import fc from 'fast-check';
import { fictionAfterArrival, fictionAfterNotice, type HandChannelCode, handChannelCodes } from './delivery-terms';
import { HandJob, type HandJobState, returnReasons } from './hand-job';
import { EvidenceNumberMissing, FirstNoticeMissing } from './hand-job-errors';

const now = new Date('2026-03-02T08:00:00Z');
const today: Day = '2026-03-02';
const later = new Date('2026-03-04T08:00:00Z');
const put = (channel: HandChannelCode, isProofNeeded = true): HandJob =>
  HandJob.put('0197a000-0000-7000-8000-000000000030', { messageId: 'm', personId: 'p', channel, isProofNeeded }, now);
const posted = (isProofNeeded = true): HandJob => {
  const job = put('LETTER', isProofNeeded);
  job.take('anna', later, 'run');
  job.dispatch({ on: today, evidenceNo: 'RR1PL' }, 'anna', today);
  return job;
};
/** Its insides, as they are stored. */
const rowOf = (job: HandJob) =>
  job as unknown as { state: HandJobState; receivedOn: Day | null; receiptBasis: string | null };

describe('a term of delivery', () => {
  it('is fourteen days after the first notice, or after arrival; a public entity has none', () => {
    expect(fictionAfterNotice('2026-03-02')).toBe('2026-03-16');
    expect(fictionAfterArrival('2026-03-02', 'NON_PUBLIC')).toBe('2026-03-16');
    expect(fictionAfterArrival('2026-03-02', 'PUBLIC')).toBe('2026-03-02');
  });
});

describe('a hand job', () => {
  it('needs the number of its evidence only where the delivery is to be proved', () => {
    const job = put('LETTER');
    job.take('anna', later, 'run');
    expect(() => job.dispatch({ on: today }, 'anna', today)).toThrow(EvidenceNumberMissing);
    const kindness = put('LETTER', false);
    kindness.take('anna', later, 'run');
    kindness.dispatch({ on: today }, 'anna', today);
    expect(rowOf(kindness).state).toBe('DONE');
  });

  it('counts as received on the last day of its term, and is told on the day after', () => {
    const job = posted();
    job.leaveNotice('2026-03-05', '2026-03-06');
    expect(job.fallToFiction('2026-03-19')).toBeUndefined();
    expect(job.fallToFiction('2026-03-20')).toBe('2026-03-19');
    expect(job.fallToFiction('2026-03-21')).toBeUndefined();
  });

  it('that comes back uncollected counts as received if it had to be proved, else it goes another way', () => {
    expect(() => posted().comeBack('2026-03-20', 'NOT_COLLECTED', '2026-03-20')).toThrow(FirstNoticeMissing);
    const job = posted();
    job.leaveNotice('2026-03-03', '2026-03-20');
    expect(job.comeBack('2026-03-20', 'NOT_COLLECTED', '2026-03-20')).toBe('2026-03-17');
    const kindness = posted(false);
    expect(kindness.comeBack('2026-03-20', 'NOT_COLLECTED', '2026-03-20')).toBeUndefined();
    expect(rowOf(kindness).state).toBe('RETURNED');
  });

  const acts = fc.oneof(
    fc
      .constantFrom('take', 'giveBack', 'fiction', 'expire', 'cancel', 'turnBack')
      .map((act) => ({ act, reason: 'MOVED' as const })),
    fc.constantFrom('dispatch', 'collect', 'notice', 'receive').map((act) => ({ act, reason: 'MOVED' as const })),
    fc.constantFrom(...returnReasons).map((reason) => ({ act: 'return', reason })),
  );
  const steps = fc.array(
    fc.record({ what: acts, days: fc.integer({ min: 0, max: 8 }), ago: fc.integer({ min: -1, max: 6 }) }),
    {
      maxLength: 25,
    },
  );

  it('never leaves an end, is received once unless an earlier receipt corrects a fiction, and refuses what cannot be with a reason', () => {
    fc.assert(
      fc.property(fc.constantFrom(...handChannelCodes), fc.boolean(), steps, (channel, isProofNeeded, script) => {
        const job = put(channel, isProofNeeded);
        let day = today;
        for (const { what, days, ago } of script) {
          day = addDays(day, days);
          const before = { ...rowOf(job) };
          try {
            perform(job, what, addDays(day, -ago), day);
          } catch (error) {
            expect(error).toBeInstanceOf(DomainError);
            Object.assign(job, before);
          }
          const after = rowOf(job);
          if (['RETURNED', 'CANCELLED'].includes(before.state)) expect(after.state).toBe(before.state);
          if (before.state === 'DONE') expect(['DONE', 'RETURNED']).toContain(after.state);
          if (before.receivedOn !== null && after.receivedOn !== before.receivedOn) {
            expect([before.receiptBasis, after.receiptBasis]).toEqual(['FICTION', 'RECEIPT']);
            expect((after.receivedOn ?? day) < before.receivedOn).toBe(true);
          }
          if (after.receivedOn !== null) expect([after.state, after.receivedOn <= day]).toEqual(['DONE', true]);
          if (after.receiptBasis === 'FICTION') expect(isProofNeeded).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

function perform(
  job: HandJob,
  { act, reason }: { act: string; reason: (typeof returnReasons)[number] },
  on: Day,
  today_: Day,
): void {
  const acts: Readonly<Record<string, () => unknown>> = {
    take: () => job.take('anna', later, job.channel === 'LETTER' ? 'run' : null),
    giveBack: () => job.giveBack(),
    fiction: () => job.fallToFiction(today_),
    expire: () => job.expires(today_),
    cancel: () => job.cancels('RECIPIENT_DIED'),
    turnBack: () => job.turnBack('NO_ADDRESS'),
    dispatch: () => job.dispatch({ on, evidenceNo: 'RR1PL' }, 'anna', today_),
    collect: () => job.collect({ collectedOn: on, isSigned: true }, 'anna', today_),
    notice: () => job.leaveNotice(on, today_),
    receive: () => job.receive(on, today_),
    return: () => job.comeBack(on, reason, today_),
  };
  acts[act]?.();
}

import fc from 'fast-check';
import { Application } from './application';
import {
  appeal,
  demandDecision,
  grantRest,
  isUndecided,
  NothingLeftToDecide,
  refuseRest,
  reopen,
} from './decided-item';

const now = new Date('2026-03-02T09:00:00Z');
const noticeOf = (quantity: number) => ({
  number: 'KU/main/1/2026',
  qualifiedOn: '2026-03-02',
  grantedUntil: '2026-12-31',
  quantity,
});

/** One service, of which ten hours are asked for. */
function filed(): Application {
  const item = { id: 'a', offerId: 'o', programmeId: 'p', serviceCode: 's', state: 'SUBMITTED', quantity: 10 } as const;
  const about = { personId: 'person', applicantRole: 'PERSON', channel: 'DESK', terc: '2861011' } as const;
  return Application.file(
    'application',
    'main',
    { ...about, filedAt: now, clauseVersion: '2020-01-01', items: [item] },
    'desk',
    now,
  );
}

const acts: Record<string, (application: Application) => unknown> = {
  qualify: (application) => application.qualify('a', 1, noticeOf(10)),
  qualifyPart: (application) => application.qualify('a', 1, noticeOf(4)),
  waitlist: (application) => application.waitlist('a'),
  demand: (application) => demandDecision(application, 'a', '2026-03-02'),
  decide: (application) => application.awaitRefusal('a', 'decision'),
  deliver: (application) => application.refuse('a'),
  refuseRest: (application) => refuseRest(application, 'a', 'decision'),
  grantRest: (application) => grantRest(application, 'a'),
  appeal: (application) => appeal(application, 'a', 'decision'),
  reopen: (application) => reopen(application, 'a'),
  withdraw: (application) => application.withdraw('a'),
};
const after = (...names: string[]): Application => {
  const application = filed();
  for (const name of names) acts[name]?.(application);
  return application;
};

describe('a decided item', () => {
  it('is not settled while of what was asked for a part is neither granted nor refused', () => {
    expect(isUndecided(after('qualify').item('a'))).toBe(false);
    expect(isUndecided(after('qualifyPart').item('a'))).toBe(true);
    expect(isUndecided(after('qualifyPart', 'refuseRest').item('a'))).toBe(false);
    expect(isUndecided(after('qualifyPart', 'refuseRest', 'reopen').item('a'))).toBe(true);
    const granted = after('qualifyPart', 'grantRest');
    expect([isUndecided(granted.item('a')), granted.item('a').notice?.quantity]).toEqual([false, 10]);
    for (const names of [['qualify'], ['qualifyPart', 'refuseRest'], ['waitlist']])
      expect(() => refuseRest(after(...names), 'a', 'other')).toThrow(NothingLeftToDecide);
  });

  it('waits without being owed a decision, until one is demanded', () => {
    expect(isUndecided(after('waitlist').item('a'))).toBe(false);
    expect(isUndecided(after('waitlist', 'demand').item('a'))).toBe(true);
    expect(() => after('demand')).toThrow('SUBMITTED');
  });

  it('is asked for anew once its refusal is gone, and remembers nothing of it', () => {
    const application = after('waitlist', 'demand', 'decide', 'deliver', 'appeal', 'reopen');
    expect(application.item('a')).toEqual(filed().item('a'));
    expect(application.state).toBe('SUBMITTED');
  });

  it('is never refused without a decision, whatever is done with it', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...Object.keys(acts)), { maxLength: 15 }), (names) => {
        const application = filed();
        for (const name of names) {
          try {
            acts[name]?.(application);
          } catch {
            // Not possible from here; the next act may be.
          }
          const { state, decisionId, quantity = 0, notice } = application.item('a');
          if (['REFUSAL_PENDING', 'REFUSED', 'APPEALED'].includes(state)) expect(decisionId).toBe('decision');
          expect(notice?.quantity ?? 0).toBeLessThanOrEqual(quantity);
          expect(application.state).toBe(state);
        }
      }),
      { numRuns: 500 },
    );
  });
});

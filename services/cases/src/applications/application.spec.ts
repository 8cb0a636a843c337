import { DomainError } from '@okienko/contracts/domain-error';
import fc from 'fast-check';
import { ApplicantWrong } from './applicant';
import { Application } from './application';
import { type ApplicationItem, isClosed, type ItemState, itemTransitions, stateOf } from './application-item';
import { callForCompletion, complete, leaveUnexamined, serveCompletionCall } from './completion-call';
import { recordDelay } from './delay';
import { FiledInTheFuture } from './filing';
import { forward } from './forwarding';
import { itemsFor, OfferNotOpen } from './offers';
import { assertClauseInForce, ClauseNotInForce, ClauseShownInTheFuture, statementClauses } from './statement-clauses';

const now = new Date('2026-03-02T09:00:00Z');
const notice = { number: 'KU/main/1/2026', qualifiedOn: '2026-03-02', grantedUntil: '2026-12-31' };
const item = (id: string, state: ItemState = 'SUBMITTED'): ApplicationItem => ({
  id,
  offerId: `offer-${id}`,
  programmeId: 'p',
  serviceCode: 's',
  state,
});
const filing = (ids: readonly string[] = ['a']) => ({
  personId: 'person',
  applicantRole: 'PERSON' as const,
  channel: 'DESK' as const,
  filedAt: now,
  clauseVersion: '2020-01-01',
  terc: '2861011',
  items: ids.map((id) => item(id)),
});
const filed = (...ids: string[]) => Application.file('application', 'main', filing(ids), 'desk', now);

describe('filing', () => {
  it('states who asks for what, when and how', () => {
    expect(filed('a', 'b').submitted()).toMatchObject({
      subject: 'application',
      gmina: '2861011',
      data: {
        personId: 'person',
        filedAt: '2026-03-02T09:00:00.000Z',
        items: [
          { itemId: 'a', offerId: 'offer-a' },
          { itemId: 'b', offerId: 'offer-b' },
        ],
      },
    });
  });

  it('is never later than now, and under the clause of its day', () => {
    const later = { ...filing(), filedAt: new Date(now.getTime() + 1) };
    expect(() => Application.file('x', 'main', later, 'desk', now)).toThrow(FiledInTheFuture);
    expect(() =>
      Application.file('x', 'main', { ...filing(), filedAt: new Date('2019-12-31T12:00:00Z') }, 'desk', now),
    ).toThrow(ClauseNotInForce);
    expect(() => assertClauseInForce('2031-01-01', '2026-01-01')).toThrow(ClauseNotInForce);
  });

  it('names somebody else than the person as the applicant, and only where somebody else applies', () => {
    const by = (applicantRole: 'PERSON' | 'ACTUAL_CARER', applicantPersonId: string): Application =>
      Application.file('x', 'main', { ...filing(), applicantRole, applicantPersonId }, 'desk', now);
    expect(by('ACTUAL_CARER', 'daughter').applicantPersonId).toBe('daughter');
    expect(() => by('PERSON', 'daughter')).toThrow(ApplicantWrong);
    expect(() => by('ACTUAL_CARER', 'person')).toThrow(ApplicantWrong);
  });

  it('keeps the evidence that the clause was shown, which cannot be later than now', () => {
    const shown = (shownAt: string): Application => {
      const clauseShown = { shownAt, manner: 'SIGNATURE' } as const;
      return Application.file('x', 'main', { ...filing(), clauseShown }, 'desk', now);
    };
    expect(shown('2026-03-02T09:00:00Z').clauseShown).toEqual({ shownAt: '2026-03-02T09:00:00Z', manner: 'SIGNATURE' });
    expect(() => shown('2026-03-02T10:00:01+01:00')).toThrow(ClauseShownInTheFuture);
  });

  it('keeps the clause as the Act words it', () => {
    expect(statementClauses[0]?.text).toBe(
      'Jestem świadomy odpowiedzialności karnej za złożenie fałszywego oświadczenia.',
    );
  });

  it('takes published offers only', () => {
    const open = [{ id: 'o-1', programmeId: 'p', serviceCode: 's' }];
    expect(itemsFor([{ offerId: 'o-1' }], open, () => 'new')).toEqual([
      { id: 'new', offerId: 'o-1', programmeId: 'p', serviceCode: 's', state: 'SUBMITTED' },
    ]);
    expect(itemsFor([{ offerId: 'o-1', quantity: 6 }], open, () => 'new')).toMatchObject([{ quantity: 6 }]);
    expect(() => itemsFor([{ offerId: 'o-1' }, { offerId: 'o-2' }], open, () => 'new')).toThrow(OfferNotOpen);
  });
});

const today = '2026-03-02';
const forwarding = { target: { kind: 'GMINA_UNIT', officeCode: 'MOPS' }, agreedOn: today } as const;
const missing = Buffer.from('sealed');

/** Everything that can be done with an application or with one of its items. */
const acts = {
  qualify: (application: Application, itemId: string) => application.qualify(itemId, 1, notice),
  waitlist: (application: Application, itemId: string) => application.waitlist(itemId),
  awaitRefusal: (application: Application, itemId: string) => application.awaitRefusal(itemId, 'decision-1'),
  refuse: (application: Application, itemId: string) => application.refuse(itemId),
  withdraw: (application: Application, itemId: string) => application.withdraw(itemId),
  discontinue: (application: Application, itemId: string) => application.discontinue(itemId),
  forward: (application: Application, itemId: string) => forward(application, [itemId], forwarding, today),
  withdrawAll: (application: Application) => application.withdrawAll(),
  callForCompletion: (application: Application) => callForCompletion(application, 7, missing, today),
  serve: (application: Application) => serveCompletionCall(application, today, today),
  complete: (application: Application) => complete(application, today, today),
  leaveUnexamined: (application: Application) => leaveUnexamined(application, '2026-03-10'),
  reviseFacts: (application: Application) => application.reviseFacts(missing),
  assignCoordinator: (application: Application) => application.assignCoordinator('kipus-ewa', 'LEAVE'),
  recordDelay: (application: Application) =>
    recordDelay(application, { from: today, to: today, causeCode: 'NO_CONTACT' }, today),
};
type Act = readonly [keyof typeof acts, string];
const act: fc.Arbitrary<Act> = fc.tuple(
  fc.constantFrom(...(Object.keys(acts) as (keyof typeof acts)[])),
  fc.constantFrom('a', 'b'),
);

function attempt(application: Application, [name, itemId]: Act): boolean {
  try {
    acts[name](application, itemId);
    return true;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return false;
  }
}

const itemsOf = (application: Application): ApplicationItem[] => [application.item('a'), application.item('b')];

describe('whatever is done with an application', () => {
  it('each item goes only where it may, a closed one nowhere, and the state of the whole follows from them', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 14 }), (steps) => {
        const application = filed('a', 'b');
        for (const step of steps) {
          const before = structuredClone(application);
          const done = attempt(application, step);
          if (!done) expect({ ...application }).toEqual({ ...before });
          const was = (before as unknown as { items: ApplicationItem[] }).items;
          itemsOf(application).forEach((after, index) => {
            const { state } = was[index] as ApplicationItem;
            expect(after.state === state || itemTransitions[state].includes(after.state)).toBe(true);
            if (isClosed(was[index] as ApplicationItem)) expect(after).toEqual(was[index]);
            if (after.state === 'REFUSED' || after.state === 'REFUSAL_PENDING')
              expect(after.decisionId).toBe('decision-1');
            if (after.state === 'FORWARDED') expect(after.forwarding).toEqual(forwarding);
            if (after.state === 'INCOMPLETE') expect(application.completionCall).not.toBeNull();
          });
          expect(application.state).toBe(stateOf(itemsOf(application)));
          if (was.every(isClosed)) expect(done).toBe(false);
        }
      }),
    );
  });

  it('withdrawing twice changes nothing more, from every state', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 10 }), (steps) => {
        const application = filed('a', 'b');
        for (const step of steps) attempt(application, step);
        const open = itemsOf(application).filter(({ state }) => itemTransitions[state].includes('WITHDRAWN'));
        expect(attempt(application, ['withdrawAll', 'a'])).toBe(open.length > 0);
        for (const { id } of open) expect(application.item(id).state).toBe('WITHDRAWN');
        const once = structuredClone(application);
        expect(attempt(application, ['withdrawAll', 'a'])).toBe(false);
        expect({ ...application }).toEqual({ ...once });
      }),
    );
  });

  it('no event says refused before there is a decision', () => {
    expect(() => filed('a').refused('a')).toThrow('without a decision');
    expect(() => filed('a').refuse('a')).toThrow('SUBMITTED');
  });
});

describe('needs', () => {
  it.each<[ItemState[], boolean]>([
    [['SUBMITTED'], true],
    [['INCOMPLETE', 'REFUSED'], true],
    [['WAITLISTED', 'WITHDRAWN'], true],
    [['QUALIFIED', 'FORWARDED'], true],
    [['REFUSED', 'WITHDRAWN'], false],
    [['LEFT_UNEXAMINED', 'FORWARDED', 'DISCONTINUED'], false],
  ])('of an application whose items are %j may be recognised: %s', (states, open) => {
    const items = states.map((state, index) => item(String(index), state));
    expect(Application.file('x', 'main', { ...filing(), items }, 'desk', now).isOpen).toBe(open);
  });
});

describe('the state of the whole', () => {
  it.each<[ItemState[], ItemState]>([
    [['QUALIFIED', 'SUBMITTED'], 'SUBMITTED'],
    [['REFUSED', 'WAITLISTED'], 'WAITLISTED'],
    [['REFUSED', 'QUALIFIED'], 'QUALIFIED'],
    [['WITHDRAWN', 'REFUSED'], 'REFUSED'],
    [['WITHDRAWN'], 'WITHDRAWN'],
  ])('of %j is %s', (states, whole) =>
    expect(stateOf(states.map((state, index) => item(String(index), state)))).toBe(whole),
  );
});

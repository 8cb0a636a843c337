import fc from 'fast-check';
import { Application, FiledInTheFuture } from './application';
import { type ApplicationItem, type ItemState, itemTransitions, stateOf } from './application-item';
import { itemsFor, OfferNotOpen } from './offers';
import { assertClauseInForce, ClauseNotInForce, statementClauses } from './statement-clauses';

const now = new Date('2026-03-02T09:00:00Z');
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

  it('keeps the clause as the Act words it', () => {
    expect(statementClauses[0]?.text).toBe(
      'Jestem świadomy odpowiedzialności karnej za złożenie fałszywego oświadczenia.',
    );
  });

  it('takes published offers only', () => {
    const open = [{ id: 'o-1', programmeId: 'p', serviceCode: 's' }];
    expect(itemsFor(['o-1'], open, () => 'new')).toEqual([
      { id: 'new', offerId: 'o-1', programmeId: 'p', serviceCode: 's', state: 'SUBMITTED' },
    ]);
    expect(() => itemsFor(['o-1', 'o-2'], open, () => 'new')).toThrow(OfferNotOpen);
  });
});

type Act = readonly ['qualify' | 'waitlist' | 'awaitRefusal' | 'refuse' | 'withdraw' | 'discontinue', string];
const act: fc.Arbitrary<Act> = fc.tuple(
  fc.constantFrom('qualify', 'waitlist', 'awaitRefusal', 'refuse', 'withdraw', 'discontinue'),
  fc.constantFrom('a', 'b'),
);

function attempt(application: Application, [name, itemId]: Act): boolean {
  try {
    if (name === 'awaitRefusal') application.awaitRefusal(itemId, 'decision-1');
    else if (name === 'qualify') application.qualify(itemId, 1);
    else application[name](itemId);
    return true;
  } catch {
    return false;
  }
}

describe('whatever is done with an application', () => {
  it('no item is refused without a decision, and each goes only where it may', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 12 }), (acts) => {
        const application = filed('a', 'b');
        for (const step of acts) {
          const before = application.item(step[1]).state;
          const done = attempt(application, step);
          const after = application.item(step[1]);
          expect(done ? itemTransitions[before].includes(after.state) : after.state === before).toBe(true);
          if (after.state === 'REFUSED' || after.state === 'REFUSAL_PENDING')
            expect(after.decisionId).toBe('decision-1');
          expect(application.state).toBe(stateOf([application.item('a'), application.item('b')]));
        }
      }),
    );
  });

  it('no event says refused before there is a decision', () => {
    expect(() => filed('a').refused('a')).toThrow('without a decision');
    expect(() => filed('a').refuse('a')).toThrow('SUBMITTED');
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

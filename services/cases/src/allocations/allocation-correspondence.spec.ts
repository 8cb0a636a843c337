import { NotInState } from '@okienko/contracts/domain-error';
import { BeyondTheGrant, type ChangedTerms, type NewRequest } from '@okienko/contracts/order-request';
import fc from 'fast-check';
import { Allocation } from './allocation';

const granted = { from: '2026-03-02', to: '2026-06-30', quantity: 30 } as const;
const today = '2026-03-10';
const change = (id: string, terms: ChangedTerms): NewRequest => ({
  ...{ id, kind: 'CHANGE', raisedBy: 'PROVIDER', raisedOn: today, code: 'STAFF' },
  terms,
});
const referred = (): Allocation => {
  const application = { id: 'application', unit: 'main', terc: '2861011', personId: 'person' };
  const service = { itemId: 'item', offerId: 'offer', unit: 'HOUR', words: null, ...granted } as const;
  const allocation = Allocation.createSingly('allocation', application, service);
  allocation.refer('p-1', '2026-03-05');
  return allocation;
};
const underWay = (delivered: number): Allocation => {
  const allocation = referred();
  allocation.accept('order-1');
  allocation.start('2026-03-04');
  allocation.count(delivered);
  return allocation;
};

describe('an allocation and its provider', () => {
  it('move the term of an answer, so that it lapses later', () => {
    const allocation = referred();
    expect(allocation.moveAnswerTerm('2026-03-09').data).toMatchObject({ answerBy: '2026-03-09', attempt: 1 });
    expect([allocation.isOverdue('2026-03-09'), allocation.isOverdue('2026-03-10')]).toEqual([false, true]);
  });

  it('talk about what is under way; the centre asks nobody before the acceptance', () => {
    expect(() => referred().ask({ ...change('r', { quantity: 3 }), raisedBy: 'CENTRE' })).toThrow(NotInState);
    const allocation = referred();
    allocation.hear({ ...change('q', {}), kind: 'QUESTION', code: 'WAY_IN' });
    allocation.decline('order-1', 'NO_CAPACITY');
    expect(allocation.requests).toMatchObject([{ id: 'q', state: 'OVERTAKEN' }]);
  });

  it('do not begin later than they began', () => {
    const allocation = underWay(1);
    expect([allocation.mayChangeTo({ from: '2026-03-04' }), allocation.mayChangeTo({ from: '2026-03-05' })]).toEqual([
      true,
      false,
    ]);
  });

  it('never go beyond what was granted nor below what was delivered, whatever is asked and agreed', () => {
    const day = fc
      .integer({ min: -5, max: 130 })
      .map((offset) => new Date(Date.UTC(2026, 2, 2 + offset)).toISOString().slice(0, 10));
    const terms = fc.record({ from: day, to: day, quantity: fc.integer({ min: 0, max: 40 }) }, { requiredKeys: [] });
    const step = fc.record({ terms, counted: fc.integer({ min: 0, max: 3 }) });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 8 }), (steps) => {
        const allocation = underWay(0);
        let delivered = 0;
        steps.forEach(({ terms: asked, counted }, index) => {
          allocation.hear(change(`r-${index}`, asked));
          if (delivered + counted <= allocation.quantity) {
            allocation.count(counted);
            delivered += counted;
          }
          try {
            const { request } = allocation.answer(`r-${index}`, { outcome: 'AGREED', answeredOn: today });
            allocation.change(request.terms ?? {});
          } catch (error) {
            expect(error).toBeInstanceOf(BeyondTheGrant);
          }
          const { periodFrom, periodTo, quantity } = allocation;
          expect(granted.from <= periodFrom && periodFrom <= periodTo && periodTo <= granted.to).toBe(true);
          expect(delivered <= quantity && quantity <= granted.quantity && allocation.isTaken).toBe(true);
          expect(allocation.left).toBe(quantity - delivered);
        });
      }),
    );
  });
});

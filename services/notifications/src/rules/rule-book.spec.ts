import fc from 'fast-check';
import type { RuleContent } from './rule';
import { type BookEntry, RuleBook } from './rule-book';

const content = (events: readonly string[]): RuleContent => ({
  events,
  audience: 'PERSON',
  standing: 'INFORMATIVE',
  template: 'plan-approved',
  channels: ['EMAIL'],
  delayMinutes: 0,
  digest: 'NONE',
  stopsOn: ['DEATH'],
  needsProof: false,
  isQuiet: true,
});
const at = (minute: number) => new Date(Date.UTC(2026, 2, 2, 8, minute));
const edition = (number: number, minute: number, more: Partial<BookEntry> = {}): BookEntry => ({
  code: 'one',
  edition: number,
  inForceFrom: at(minute),
  isOn: true,
  content: content(['cases.plan.approved.v1']),
  ...more,
});
const editionsAt = (book: RuleBook, minute: number) =>
  book.about('cases.plan.approved.v1', at(minute)).map(({ code, edition }) => [code, edition]);

describe('a book of rules', () => {
  it('answers by the edition in force when it happened, from its first moment on', () => {
    const book = new RuleBook([edition(2, 20), edition(1, 10)]);
    expect([9, 10, 19, 20, 59].map((minute) => editionsAt(book, minute))).toEqual([
      [],
      [['one', 1]],
      [['one', 1]],
      [['one', 2]],
      [['one', 2]],
    ]);
  });

  it('lets the last decision overtake what was planned for later', () => {
    const book = new RuleBook([edition(1, 0), edition(2, 30), edition(3, 20)]);
    expect([10, 25, 35].map((minute) => editionsAt(book, minute))).toEqual([[['one', 1]], [['one', 3]], [['one', 3]]]);
  });

  it('is silent while a rule is off, and about other events', () => {
    const book = new RuleBook([edition(1, 0), edition(2, 10, { isOn: false }), edition(3, 20)]);
    expect([5, 15, 25].map((minute) => editionsAt(book, minute).length)).toEqual([1, 0, 1]);
    expect(book.about('cases.plan.ended.v1', at(5))).toEqual([]);
  });

  it('has several rules about one event, and finds each edition again', () => {
    const book = new RuleBook([edition(1, 0), edition(1, 0, { code: 'other' })]);
    expect(editionsAt(book, 5)).toEqual([
      ['one', 1],
      ['other', 1],
    ]);
    expect(book.edition('one', 1)).toMatchObject({ code: 'one', edition: 1, template: 'plan-approved' });
    expect(book.edition('one', null)?.edition).toBe(1);
    expect(book.edition('one', 2)).toBeUndefined();
    expect(book.edition('none', 1)).toBeUndefined();
  });

  it('says of the past the same whatever is decided later', () => {
    const decision = fc.record({ after: fc.nat(30), ahead: fc.nat(60), isOn: fc.boolean() });
    fc.assert(
      fc.property(fc.array(decision, { minLength: 1, maxLength: 12 }), fc.nat(400), (decisions, minute) => {
        let now = 0;
        const entries: BookEntry[] = [];
        for (const [index, { after, ahead, isOn }] of decisions.entries()) {
          now += after;
          const before = editionsAt(new RuleBook(entries), minute);
          entries.push(edition(index + 1, now + ahead, { isOn }));
          if (minute < now + ahead) expect(editionsAt(new RuleBook(entries), minute)).toEqual(before);
        }
        const last = entries.filter(({ inForceFrom }) => inForceFrom <= at(minute)).at(-1);
        expect(editionsAt(new RuleBook(entries), minute)).toEqual(last?.isOn ? [['one', last.edition]] : []);
      }),
    );
  });
});

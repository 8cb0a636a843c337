import { dayOf } from '@okienko/contracts/calendar';
import { Application } from './application';
import {
  dropSettledClocks,
  startCompletionClock,
  startForwardingClock,
  startQualificationClock,
} from './application-clocks';
import { callForCompletion } from './completion-call';

const notice = { number: 'KU/main/1/2026', qualifiedOn: '2026-03-02', grantedUntil: '2026-12-31' };

const item = (id: string) =>
  ({ id, offerId: `offer-${id}`, programmeId: 'p', serviceCode: 's', state: 'SUBMITTED' }) as const;

function filed(at: string): Application {
  const filing = { personId: 'person', applicantRole: 'PERSON', channel: 'DESK', filedAt: new Date(at) } as const;
  const more = { clauseVersion: '2020-01-01', terc: '2861011', items: [item('a'), item('b')] };
  return Application.file('application', 'main', { ...filing, ...more }, 'desk', new Date(at));
}

/** What was written down: kind and days of clocks that start, subject and kind of those that are dropped. */
function written(act: (sql: { query: never; send: (text: string, values: unknown[]) => void }) => void): unknown[] {
  const rows: unknown[] = [];
  const send = (text: string, values: unknown[]): void =>
    void rows.push(text.startsWith('insert') ? [values[0], values[1], values[6], ...values.slice(8, 10)] : values);
  act({ query: undefined as never, send });
  return rows;
}

describe('the clocks of an application', () => {
  it.each([
    ['2026-03-31T09:00:00Z', '2026-04-23', '2026-04-30'],
    ['2026-07-10T09:00:00Z', '2026-08-03', '2026-08-10'],
    ['2026-01-31T09:00:00Z', '2026-02-21', '2026-02-28'],
    // Filed on 1 March in Poland, where it is an hour later.
    ['2026-02-28T23:30:00Z', '2026-03-25', '2026-04-01'],
  ])('what was filed at %s is to be answered within a month', (at, warnOn, dueOn) => {
    const application = filed(at);
    expect(written((sql) => startQualificationClock(sql, application, dayOf(application.filedAt)))).toEqual([
      ['QUALIFICATION', 'application', null, warnOn, dueOn],
    ]);
  });

  it('a call runs from its service for as long as it says, and papers wait for working days only', () => {
    const application = filed('2026-03-02T09:00:00Z');
    application.assignCoordinator('kipus-ewa', 'FIRST');
    callForCompletion(application, 10, Buffer.from(''), '2026-03-02');
    expect(written((sql) => startCompletionClock(sql, application, '2026-03-04'))).toEqual([
      // Ten days end on a Saturday.
      ['COMPLETION', 'application', 'kipus-ewa', '2026-03-14', '2026-03-16'],
    ]);
    // Thursday: Friday, Monday, Tuesday.
    expect(written((sql) => startForwardingClock(sql, application, 'a', '2026-03-05'))).toEqual([
      ['FORWARDING', 'a', 'kipus-ewa', '2026-03-09', '2026-03-10'],
    ]);
  });

  it('end with what they were for', () => {
    const application = filed('2026-03-02T09:00:00Z');
    callForCompletion(application, 7, Buffer.from(''), '2026-03-02');
    application.withdraw('a');
    expect(written((sql) => dropSettledClocks(sql, application, ['a']))).toEqual([['a', null]]);
    application.withdraw('b');
    expect(written((sql) => dropSettledClocks(sql, application, ['b']))).toEqual([
      ['b', null],
      ['application', null],
    ]);
    const decided = filed('2026-03-02T09:00:00Z');
    decided.qualify('a', 1, notice);
    decided.withdraw('b');
    expect(written((sql) => dropSettledClocks(sql, decided, ['b']))).toEqual([
      ['b', null],
      ['application', 'QUALIFICATION'],
      ['application', 'COMPLETION'],
    ]);
  });
});

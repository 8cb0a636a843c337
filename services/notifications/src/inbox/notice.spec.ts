import { NotInState } from '@okienko/contracts/domain-error';
import type { Principal } from '@okienko/chassis/access';
import { type Addressee, inboxesOf, inboxOf } from './addressee';
import { Notice } from './notice';

const opened = new Date('2026-03-02T08:00:00Z');
const due = new Date('2026-03-04T08:00:00Z');
const terms = {
  causeId: '0197a000-0000-7000-8000-000000000014',
  matterId: '0197a000-0000-7000-8000-000000000009',
  to: { role: 'desk', unit: 'main' },
  kind: 'TASK',
  code: 'REACH_PERSON',
  dueAt: due,
} as const;
const about = { causeId: terms.causeId, matterId: terms.matterId, kind: 'TASK', code: 'REACH_PERSON' };
const open = (to: Addressee = terms.to): Notice =>
  Notice.open('0197a000-0000-7000-8000-000000000030', { ...terms, to }, opened);

describe('a notice', () => {
  it('says what it is about by ids and codes', () => {
    expect(open().opened()).toMatchObject({ data: { ...about, dueAt: due.toISOString() } });
  });

  it('is acknowledged once, and then escalates no more', () => {
    const notice = open();
    expect(notice.acknowledge('desk-anna', due).data).toEqual({ ...about, acknowledgedBy: 'desk-anna' });
    expect(() => notice.acknowledge('desk-jan', due)).toThrow(NotInState);
    expect(notice.escalate(due)).toBeUndefined();
  });

  it.each([
    [{ role: 'desk', unit: 'main' }, 'services-organiser'],
    [{ sub: 'kipus-ewa' }, 'services-organiser'],
    [{ providerId: '0197a000-0000-7000-8000-000000000077' }, 'services-organiser'],
    [{ role: 'services-organiser' }, 'director'],
    [{ role: 'director' }, 'director'],
  ] as const)('for %j escalates once to the %s, not before it is due', (to, role) => {
    const notice = open(to);
    expect(notice.escalate(new Date(due.getTime() - 1))).toBeUndefined();
    expect(notice.escalate(due)?.data).toEqual({ ...about, dueAt: due.toISOString(), role });
    expect(notice.escalate(due)).toBeUndefined();
    expect([notice.inbox, notice.escalatedTo]).toEqual([inboxOf(to), inboxOf({ role })]);
  });

  it('without a term is never overdue', () => {
    const { dueAt: _, ...rest } = terms;
    expect(Notice.open('0197a000-0000-7000-8000-000000000030', rest, opened).escalate(due)).toBeUndefined();
  });
});

describe('an inbox', () => {
  const desk: Principal = { sub: 'desk-anna', roles: ['desk'] };
  const looksInto = (caller: Principal, to: Addressee): boolean => inboxesOf(caller).includes(inboxOf(to));

  it.each<[string, Principal, Addressee, boolean]>([
    ['is of the account', desk, { sub: 'desk-anna' }, true],
    ['is not of another account', desk, { sub: 'desk-jan' }, false],
    ['is of the role', desk, { role: 'desk' }, true],
    ['is not of another role', desk, { role: 'coordinator' }, false],
    ['is of the only unit of a small centre', desk, { role: 'desk', unit: 'main' }, true],
    ['is not of another unit', desk, { role: 'desk', unit: 'north' }, false],
    ['is of the own unit', { ...desk, unit: 'north' }, { role: 'desk', unit: 'north' }, true],
    ['is of the provider', { sub: 'p', roles: ['provider'], providerId: 'x' }, { providerId: 'x' }, true],
    ['is not of another provider', { sub: 'p', roles: ['provider'], providerId: 'x' }, { providerId: 'y' }, false],
    ['is not of a provider for others', { ...desk, providerId: 'x' }, { providerId: 'x' }, false],
    ['is not of an account that is called like a role', { sub: 'desk', roles: ['finance'] }, { role: 'desk' }, false],
  ])('%s', (_, caller, to, isMine) => expect(looksInto(caller, to)).toBe(isMine));
});

import { NotInState } from '@okienko/contracts/domain-error';
import { OrganiserDecides, Task } from './task';

const now = new Date('2026-03-02T08:00:00Z');
const personId = '0197a000-0000-7000-8000-000000000003';
const causeId = '0197a000-0000-7000-8000-000000000014';
const open = () =>
  Task.reachPerson('0197a000-0000-7000-8000-000000000030', causeId, { personId, template: 'plan-approved' }, now);

describe('a task', () => {
  it('is opened for a person to be reached', () => {
    expect(open().opened()).toMatchObject({
      contract: { $id: 'notifications.task.opened.v1' },
      data: { causeId, personId, kind: 'REACH_PERSON' },
    });
    expect(open().dueOn).toBe('2026-03-03');
  });

  it('is completed once, by somebody, with an outcome', () => {
    const task = open();
    expect(task.complete('SPOKE', 'desk-anna', now).data).toEqual({
      causeId,
      personId,
      kind: 'REACH_PERSON',
      outcome: 'SPOKE',
      completedBy: 'desk-anna',
    });
    expect(() => task.complete('WROTE', 'desk-anna', now)).toThrow(NotInState);
    expect(() => task.postpone('desk-anna', '2026-03-02')).toThrow(NotInState);
  });

  it('is tried three times, each on a later day, and then is the organiser’s', () => {
    const task = open();
    const told = ['2026-03-03', '2026-03-05', '2026-03-07'].map((today) => task.postpone('desk-anna', today).data);
    expect(told).toEqual([
      { causeId, personId, kind: 'REACH_PERSON', tries: 1, dueOn: '2026-03-05', by: 'desk-anna' },
      { causeId, personId, kind: 'REACH_PERSON', tries: 2, dueOn: '2026-03-07', by: 'desk-anna' },
      { causeId, personId, kind: 'REACH_PERSON', tries: 3, dueOn: '2026-03-09', by: 'desk-anna' },
    ]);
    expect(task.isForOrganiser).toBe(true);
    expect(() => task.postpone('desk-anna', '2026-03-09')).toThrow(OrganiserDecides);
    expect(task.complete('SPOKE', 'desk-anna', now).data).toMatchObject({ outcome: 'SPOKE' });
  });
});

import { NotInState } from '@okienko/contracts/domain-error';
import { Task } from './task';

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
  });
});

import { Follower } from './follower';

const caller = { sub: 'desk-anna', roles: ['desk'] } as const;
const change = { noticeId: 'one', inbox: 'role/desk', escalatedTo: null, sub: null };
const never = new AbortController().signal;

describe('a follower', () => {
  it('is told of each changed notice once, however often it changed', async () => {
    const follower = new Follower(caller, 10);
    for (const noticeId of ['one', 'two', 'one']) follower.hear({ ...change, noticeId });
    expect(await follower.next(1_000, never)).toEqual(['one', 'two']);
    expect(await follower.next(1, never)).toEqual([]);
  });

  it('is woken by what is theirs, and by nothing else', async () => {
    const follower = new Follower(caller, 10);
    const told = follower.next(10_000, never);
    follower.hear({ ...change, inbox: 'role/coordinator' });
    follower.hear({ ...change, inbox: null, sub: 'desk-jan' });
    follower.hear({ noticeId: 'read', inbox: null, escalatedTo: null, sub: 'desk-anna' });
    expect(await told).toEqual(['read']);
  });

  it('keeps no more than so many', async () => {
    const follower = new Follower(caller, 2);
    for (const noticeId of ['one', 'two', 'three']) follower.hear({ ...change, noticeId });
    expect(await follower.next(1, never)).toEqual(['one', 'two']);
  });

  it('waits no longer when all is over', async () => {
    const end = new AbortController();
    const told = new Follower(caller, 2).next(60_000, end.signal);
    end.abort();
    expect(await told).toEqual([]);
  });
});

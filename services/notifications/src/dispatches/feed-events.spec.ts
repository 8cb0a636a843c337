import type { DataSource } from 'typeorm';
import { FeedEvents } from './feed-events.queries';

const megabyte = 'x'.repeat(1024 * 1024);

describe('events that are read for many sinks', () => {
  const asked: string[][] = [];
  const query = (_: string, [ids]: [string[]]) => {
    asked.push(ids);
    return Promise.resolve(ids.map((id) => ({ id, name: 'cases.plan.redrafted.v1', body: id + megabyte })));
  };
  const events = new FeedEvents({ query } as unknown as DataSource);
  beforeEach(() => asked.splice(0));

  it('are read once', async () => {
    await events.fetch(new Set(['a', 'b']));
    await events.fetch(new Set(['b', 'c']));
    await events.fetch(new Set(['a', 'c']));
    expect(asked).toEqual([['a', 'b'], ['c']]);
    expect(events.get('b')?.body.toString()).toBe(`b${megabyte}`);
  });

  it('keep no more memory than their bytes', async () => {
    const small = '{"specversion":"1.0","subject":"zażółć"}';
    const ofOne = { query: () => Promise.resolve([{ id: 'small', name: 'cases.plan.redrafted.v1', body: small }]) };
    const kept = new FeedEvents(ofOne as unknown as DataSource);
    await kept.fetch(new Set(['small']));
    const body = kept.get('small')?.body;
    expect(body?.toString()).toBe(small);
    expect(body?.buffer.byteLength).toBe(Buffer.byteLength(small));
  });

  it('are all there after each call, and the oldest go when they are too many', async () => {
    for (let round = 0; round < 6; round += 1) {
      const ids = new Set(Array.from({ length: 5 }, (_, index) => `${round}-${index}`)).add('a');
      await events.fetch(ids);
      for (const id of ids) expect(events.get(id)?.id).toBe(id);
    }
    expect(events.get('b')).toBeUndefined();
    expect(asked.flat().filter((id) => id === 'a').length).toBeGreaterThan(0);
  });
});

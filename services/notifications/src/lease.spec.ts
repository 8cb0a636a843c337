import { Leases, leaseTime } from './lease';

describe('the leases of a replica', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  test('are renewed while the work goes on, and not after', async () => {
    const renewed: string[][] = [];
    const leases = new Leases<string>(async (items) => void renewed.push([...items]));
    let finish = (): void => undefined;
    const work = leases.during('a', () => new Promise<void>((resolve) => (finish = resolve)));
    await jest.advanceTimersByTimeAsync(leaseTime);
    expect(renewed).toEqual([['a'], ['a'], ['a'], ['a']]);
    finish();
    await work;
    await jest.advanceTimersByTimeAsync(leaseTime);
    expect(renewed).toHaveLength(4);
  });

  test('end with the work when it fails, and the failure reaches the caller', async () => {
    const leases = new Leases<string>(async () => undefined);
    await expect(leases.during('a', () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(jest.getTimerCount()).toBe(0);
  });
});

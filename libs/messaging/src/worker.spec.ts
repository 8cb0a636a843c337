import { Worker } from './worker';

describe('a worker', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  test('sleeps when there is nothing to do, until it is woken', async () => {
    let ticks = 0;
    const worker = new Worker('w', () => Promise.resolve(++ticks < 0), 60_000);
    worker.start();
    await jest.advanceTimersByTimeAsync(59_000);
    expect(ticks).toBe(1);
    worker.wake();
    await jest.advanceTimersByTimeAsync(0);
    expect(ticks).toBe(2);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(ticks).toBe(3);
    await worker.stop();
  });

  test('goes on without a pause while there is more', async () => {
    let left = 5;
    const worker = new Worker('w', () => Promise.resolve(--left > 0), 60_000);
    worker.start();
    await jest.advanceTimersByTimeAsync(0);
    expect(left).toBe(0);
    await worker.stop();
  });

  test('pauses after a failure, however often it is woken, and still ends at once', async () => {
    let ticks = 0;
    const worker = new Worker('w', () => Promise.reject(new Error(`no ${(ticks += 1)}`)), 0);
    worker.start();
    // The first pause takes fifty milliseconds at least, and the second a hundred.
    for (let turn = 0; turn < 49; turn += 1) {
      worker.wake();
      await jest.advanceTimersByTimeAsync(1);
    }
    expect(ticks).toBe(1);
    await jest.advanceTimersByTimeAsync(101);
    expect(ticks).toBe(2);
    await worker.stop();
    expect(ticks).toBe(2);
  });
});

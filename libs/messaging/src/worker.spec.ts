import { Worker } from './worker';

const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe('a worker', () => {
  test('sleeps when there is nothing to do, until it is woken', async () => {
    let ticks = 0;
    const worker = new Worker('w', () => Promise.resolve(++ticks < 0), 60_000);
    worker.start();
    await sleep(20);
    expect(ticks).toBe(1);
    worker.wake();
    await sleep(20);
    expect(ticks).toBe(2);
    await worker.stop();
  });

  test('goes on without a pause while there is more', async () => {
    let left = 5;
    const worker = new Worker('w', () => Promise.resolve(--left > 0), 60_000);
    worker.start();
    await sleep(20);
    expect(left).toBe(0);
    await worker.stop();
  });

  test('pauses after a failure, however often it is woken, and still ends at once', async () => {
    let ticks = 0;
    const worker = new Worker(
      'w',
      () => {
        ticks += 1;
        return Promise.reject(new Error('no'));
      },
      0,
    );
    worker.start();
    for (let turn = 0; turn < 20; turn += 1) {
      worker.wake();
      await sleep(1);
    }
    // The first pause takes fifty milliseconds at least.
    expect(ticks).toBe(1);
    await worker.stop();
    expect(ticks).toBe(1);
  });
});

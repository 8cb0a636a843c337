import { Linger } from './linger';

const waited = async (linger: Linger, atHand: number): Promise<boolean> => {
  let done = false;
  const gathered = linger.gather(atHand).then(() => (done = true));
  // Whoever does not wait is done within this turn.
  for (let tick = 0; tick < 5; tick += 1) await Promise.resolve();
  const waits = !done;
  await gathered;
  return waits;
};

describe('lingering', () => {
  test.each<[string, number, number, boolean]>([
    ['one at a time', 1, 1, false],
    ['a stream', 20, 1, true],
    ['a stream with half a batch at hand already', 20, 25, false],
    ['a backlog, in full batches', 50, 0, false],
  ])('%s', async (_, last, atHand, waits) => {
    const linger = new Linger(300, 50);
    linger.note(last);
    expect(await waited(linger, atHand)).toBe(waits);
  });

  test('does not begin with it, nor after a silence', async () => {
    const linger = new Linger(5, 50);
    expect(await waited(linger, 1)).toBe(false);
    linger.note(20);
    await new Promise((resolve) => setTimeout(resolve, 40));
    expect(await waited(linger, 1)).toBe(false);
  });
});

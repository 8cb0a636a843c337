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
    for (let batch = 0; batch < 3; batch += 1) linger.note(last);
    expect(await waited(linger, atHand)).toBe(waits);
  });

  test('does not begin after one large batch, nor go on after a small one', async () => {
    const linger = new Linger(300, 50);
    linger.note(20);
    linger.note(20);
    expect(await waited(linger, 1)).toBe(false);
    linger.note(20);
    expect(await waited(linger, 1)).toBe(true);
    linger.note(3);
    linger.note(20);
    expect(await waited(linger, 1)).toBe(false);
  });

  test('does not begin with it, nor after a silence', async () => {
    const linger = new Linger(5, 50);
    expect(await waited(linger, 1)).toBe(false);
    for (let batch = 0; batch < 3; batch += 1) linger.note(20);
    await new Promise((resolve) => setTimeout(resolve, 40));
    expect(await waited(linger, 1)).toBe(false);
  });
});

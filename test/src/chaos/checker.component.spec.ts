import type { Kind } from './checker/finding';
import { defects } from './defects/defects';
import { dispatchTrial } from './defects/dispatch-defect';
import { trial } from './rig/trial';

const engines = { databaseUrl: process.env['TEST_DATABASE_URL'] ?? '', brokerUrl: process.env['TEST_NATS_URL'] ?? '' };
const seed = 1;
/** Storms until the defect's weak spot is hit: where a fault falls depends on the machine and its load. */
const storms = 4;

describe('the checker of the chaos run', () => {
  test('finds nothing where nothing is broken', async () => {
    const { findings, committed } = await trial(engines, seed, {}, 60_000);
    expect(findings).toEqual([]);
    expect(committed).toBeGreaterThan(0);
  }, 120_000);

  test('finds nothing at a partner that fails for a while', async () => {
    const { findings, committed } = await dispatchTrial(engines, seed, () => undefined);
    expect(findings).toEqual([]);
    expect(committed).toBeGreaterThan(10);
  }, 60_000);

  test.concurrent.each(defects.map((defect) => [defect.name, defect] as const))(
    'catches: %s',
    async (_, defect) => {
      const found = new Set<Kind>();
      for (let storm = 0; storm < storms && !defect.shows.every((kind) => found.has(kind)); storm += 1)
        for (const { kind } of (await defect.run(engines, seed + storm)).findings) found.add(kind);
      expect([...found]).toEqual(expect.arrayContaining([...defect.shows]));
    },
    180_000,
  );
});

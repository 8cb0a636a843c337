import { sought } from './defects/defect';
import { defects } from './defects/defects';
import { dispatchTrial } from './defects/dispatch-defect';
import { trial } from './rig/trial';

const engines = { databaseUrl: process.env['TEST_DATABASE_URL'] ?? '', brokerUrl: process.env['TEST_NATS_URL'] ?? '' };
const seed = 1;

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
      const { findings } = await sought(defect, engines, seed);
      expect(findings.map(({ kind }) => kind)).toEqual(expect.arrayContaining([...defect.shows]));
    },
    180_000,
  );
});

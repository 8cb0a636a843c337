import { defects } from './defects/defects';
import { dispatchTrial } from './defects/dispatch-defect';
import { trial } from './rig/trial';

const engines = { databaseUrl: process.env['TEST_DATABASE_URL'] ?? '', brokerUrl: process.env['TEST_NATS_URL'] ?? '' };
const seed = 1;

describe('the checker of the chaos run', () => {
  test('finds nothing where nothing is broken', async () => {
    const { findings, committed } = await trial(engines, seed, {});
    expect(findings).toEqual([]);
    expect(committed).toBeGreaterThan(50);
  }, 90_000);

  test('finds nothing at a partner that fails for a while', async () => {
    const { findings, committed } = await dispatchTrial(engines, seed, () => undefined);
    expect(findings).toEqual([]);
    expect(committed).toBeGreaterThan(10);
  }, 60_000);

  test.each(defects.map((defect) => [defect.name, defect] as const))(
    'catches: %s',
    async (_, defect) => {
      const { findings } = await defect.run(engines, seed);
      const found = new Set(findings.map(({ kind }) => kind));
      for (const kind of defect.shows) expect(found).toContain(kind);
    },
    90_000,
  );
});

import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { services } from '@okienko/contracts/event';
import { assembleImage } from './image-context';
import { checkout } from './paths';
import { footprint } from './services';
import { type BillOfMaterials, isBundled, wholeBill } from './supply-chain-files';

// Without bundles there is nothing to put together; npm test makes them before.
(isBundled() ? describe : describe.skip)('what an image holds', () => {
  const folder = mkdtempSync(join(tmpdir(), 'okienko-image-'));
  let all: BillOfMaterials;
  beforeAll(() => (all = wholeBill()));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const started = (...args: string[]) =>
    spawnSync(join(folder, 'node'), [join(folder, 'app', 'main.cjs'), ...args], {
      encoding: 'utf8',
      env: {},
      cwd: '/',
    });

  test.each(services)('of %s starts by itself, with its commands', (service) => {
    assembleImage(service, folder, all);
    // It gets as far as its configuration, which is the first thing that it reads from outside.
    expect(started()).toMatchObject({ status: 2, stderr: expect.stringContaining('DATABASE_URL') as string });
    expect(started('migrate')).toMatchObject({ status: 2, stderr: expect.stringContaining('DATABASE_URL') as string });
    expect(started('nonsense')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('main, migrate, replay') as string,
    });
    const bill = JSON.parse(readFileSync(join(folder, 'app', 'sbom.cdx.json'), 'utf8')) as BillOfMaterials;
    expect(bill.components.length).toBeGreaterThan(100);
    expect(existsSync(join(folder, 'app', 'node_modules', '@okienko', service, 'openapi.json'))).toBe(true);
    const [kilobytes] = execFileSync('du', ['-sk', join(folder, 'app')], { encoding: 'utf8' }).split('\t');
    expect(Number(kilobytes)).toBeLessThan(40_000);
  });
});

test('images and units of systemd start a service with the same settings as this machine', () => {
  const text = (...path: string[]): string => readFileSync(join(checkout, 'deploy', ...path), 'utf8');
  const variables = Object.entries(footprint.env).map(([name, value]) => `${name}=${value}`);
  expect(text('image', 'Dockerfile')).toContain(variables.join(' '));
  expect(text('image', 'Dockerfile')).toContain(
    `["/app/node", ${footprint.flags.map((flag) => `"${flag}", `).join('')}"/app/main.cjs"]`,
  );
  expect(text('systemd', 'okienko@.service')).toContain(variables.join(' '));
  expect(text('systemd', 'okienko@.service')).toContain(`/node ${footprint.flags.join(' ')} /opt`);
});

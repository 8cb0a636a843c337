import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { patched } from './builds';

const folder = mkdtempSync(join(tmpdir(), 'okienko-next-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('what the release after this one does still fits this tree', () => {
  const tree = patched(['expand.patch', 'contract.patch'], folder, 'next');
  const migrations = join(tree, 'services', 'providers', 'src', 'migrations');
  expect(existsSync(join(migrations, '1900000000000-confirmation.ts'))).toBe(true);
  expect(existsSync(join(migrations, '1900000000001-confirmed-by-ends.ts'))).toBe(true);
});

test('a patch that does not fit is told, and not passed over', () => {
  expect(() => patched(['contract.patch'], folder, 'without')).toThrow(/patch/);
});

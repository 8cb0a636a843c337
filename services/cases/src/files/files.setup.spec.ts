import { loadConfig } from '@okienko/chassis/config';
import { CasesConfig } from '../config';
import { ClamdScan, NoScan } from './file-scan';
import { fileScanOf, objectStoreOf } from './files.setup';
import { FolderStore } from './folder-store';
import { S3Store } from './s3-store';

const required = {
  DATABASE_URL: 'postgres://localhost/cases',
  NATS_URL: 'nats://localhost',
  OIDC_ISSUER: 'http://localhost',
  MASTER_KEY: 'a',
  BLIND_INDEX_KEY: 'b',
  SEALING_PUBLIC_KEY: '{}',
};
const config = (more: Record<string, string> = {}): CasesConfig => loadConfig(CasesConfig, { ...required, ...more });

it('files lie in a folder and are not scanned, unless the configuration names a bucket and a scanner', () => {
  expect([objectStoreOf(config()), fileScanOf(config())]).toEqual([expect.any(FolderStore), expect.any(NoScan)]);
  const named = config({ FILES_S3_URL: 'https://s3.example.pl/files', CLAMD_ADDRESS: 'clamd.example.pl:3310' });
  expect([objectStoreOf(named), fileScanOf(named)]).toEqual([expect.any(S3Store), expect.any(ClamdScan)]);
  for (const CLAMD_ADDRESS of ['clamd', 'clamd:', 'http://clamd:3310'])
    expect(() => config({ CLAMD_ADDRESS })).toThrow('CLAMD_ADDRESS');
});

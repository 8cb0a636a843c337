import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IsString } from 'class-validator';
import { ConfigInvalid, loadConfig, ServiceConfig } from './config';

class SampleConfig extends ServiceConfig {
  @IsString() MASTER_KEY!: string;
  @IsString() FILES_FOLDER: string = '/files';
}

const needed = {
  DATABASE_URL: 'postgres://cases_app:secret-of-the-database@db/okienko?sslmode=verify-full',
  NATS_URL: 'tls://nats:4222',
  OIDC_ISSUER: 'https://id.example.pl/realms/okienko',
  MASTER_KEY: 'a'.repeat(64),
};

describe('configuration', () => {
  const folder = mkdtempSync(join(tmpdir(), 'okienko-config-'));
  const secret = (name: string, content: string): string => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(['MASTER_KEY', 'DATABASE_URL', 'NATS_URL', 'OIDC_ISSUER'] as const)('takes %s from a file', (name) => {
    const { [name]: value, ...rest } = needed;
    const config = loadConfig(SampleConfig, { ...rest, [`${name}_FILE`]: secret(name, `${value}\n`) });
    expect(config[name]).toBe(value);
  });

  it('lets what is said outright count before a file, which is then not read', () => {
    const config = loadConfig(SampleConfig, { ...needed, MASTER_KEY_FILE: '/nowhere' });
    expect(config.MASTER_KEY).toBe(needed.MASTER_KEY);
  });

  it('says which file cannot be read, and never what any holds', () => {
    const { MASTER_KEY: _, ...rest } = needed;
    const load = () => loadConfig(SampleConfig, { ...rest, MASTER_KEY_FILE: '/nowhere/key' });
    expect(load).toThrow(ConfigInvalid);
    expect(load).toThrow('MASTER_KEY_FILE: the file cannot be read (ENOENT).');
    const wrong = () => loadConfig(SampleConfig, { ...needed, DATABASE_URL: 'secret-of-the-database' });
    expect(wrong).toThrow(/DATABASE_URL/);
    expect(wrong).not.toThrow(/secret-of-the-database/);
  });

  it('reads no file for a name that is not its own', () =>
    expect(loadConfig(SampleConfig, { ...needed, OTHER_FILE: '/nowhere' })).not.toHaveProperty('OTHER'));

  it('wants certificate and key, or neither', () => {
    expect(() => loadConfig(SampleConfig, { ...needed, TLS_CERT: 'x' })).toThrow(/TLS_KEY/);
    expect(loadConfig(SampleConfig, { ...needed, TLS_CERT: 'x', TLS_KEY: 'y' }).TLS_KEY).toBe('y');
    expect(() => loadConfig(SampleConfig, { ...needed, TLS_KEY: 'y' })).toThrow(/TLS_CERT/);
  });
});

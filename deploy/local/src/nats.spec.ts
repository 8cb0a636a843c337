import { createHash } from 'node:crypto';
import { configuration } from './nats';
import { requireChecksum } from './nats-release';

describe('NATS of our own', () => {
  const place = { host: '127.0.0.1', port: 1, monitorPort: 2, store: '/s' };

  it('listens on loopback and takes messages of at most one megabyte', () => {
    expect(JSON.parse(configuration({ ...place, syncAlways: false }))).toEqual({
      server_name: 'okienko-local',
      listen: '127.0.0.1:1',
      http: '127.0.0.1:2',
      max_payload: 1_048_576,
      jetstream: { store_dir: '/s' },
    });
  });

  it('writes every message through to the disk when told', () => {
    expect(JSON.parse(configuration({ ...place, syncAlways: true }))).toMatchObject({
      jetstream: { sync_interval: 'always' },
    });
  });

  it('is unpacked only with the pinned checksum', () => {
    const archive = Buffer.from('release');
    const checksum = createHash('sha256').update(archive).digest('hex');
    expect(() => requireChecksum(archive, checksum)).not.toThrow();
    expect(() => requireChecksum(Buffer.from('Release'), checksum)).toThrow(checksum);
  });
});

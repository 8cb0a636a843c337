import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from '@20minutes/s3rver';
import { ObjectMissing } from './object-store';
import { type Bucket, S3Store } from './s3-store';

let folder: string;
let server: S3rver;
let bucket: Bucket;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'okienko-s3-'));
  const buckets = [{ name: 'okienko-files' }];
  server = new S3rver({ address: '127.0.0.1', port: 0, silent: true, directory: folder, configureBuckets: buckets });
  const { port } = await server.run();
  const url = `http://127.0.0.1:${port}/okienko-files`;
  // The one account that the server knows.
  bucket = { url, region: 'us-east-1', accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' };
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('a bucket on a server that speaks S3', () => {
  it('gives back what was put, and nothing once it is removed', async () => {
    const store = new S3Store(bucket);
    const [key, bytes] = [randomUUID(), randomBytes(1_000_000)];
    await store.put(key, bytes);
    expect((await store.get(key)).equals(bytes)).toBe(true);
    await store.put(key, Buffer.from('another'));
    expect(String(await store.get(key))).toBe('another');
    await store.remove(key);
    await store.remove(key);
    await expect(store.get(key)).rejects.toThrow(ObjectMissing);
  });

  it('is opened by a right signature alone', async () => {
    const [right, key] = [new S3Store(bucket), randomUUID()];
    await right.put(key, Buffer.from('a'));
    const wrong = new S3Store({ ...bucket, secretAccessKey: 'guessed' });
    await expect(wrong.get(key)).rejects.toThrow('answered 403');
    await expect(wrong.put(key, Buffer.from('b'))).rejects.toThrow('answered 403');
    await expect(wrong.remove(key)).rejects.toThrow('answered 403');
    expect(String(await right.get(key))).toBe('a');
  });

  it('is tried again when it stumbles, and fails when it keeps failing', async () => {
    let [asked, failing] = [0, 2];
    const stumbling = createServer((_, response) => {
      asked += 1;
      response.writeHead((failing -= 1) >= 0 ? 503 : 200).end('a');
    });
    await new Promise<void>((resolve) => stumbling.listen(0, '127.0.0.1', resolve));
    const store = new S3Store({ ...bucket, url: `http://127.0.0.1:${(stumbling.address() as AddressInfo).port}/b` });
    expect(String(await store.get(randomUUID()))).toBe('a');
    expect(asked).toBe(3);
    failing = 99;
    await expect(store.put(randomUUID(), Buffer.from('a'))).rejects.toThrow('answered 503 to PUT');
    stumbling.closeAllConnections();
    await new Promise((resolve) => stumbling.close(resolve));
  });

  it('is asked for ids only', async () => expect(new S3Store(bucket).get('../other-bucket/x')).rejects.toThrow('UUID'));
});

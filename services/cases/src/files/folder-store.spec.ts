import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FolderStore } from './folder-store';
import { ObjectMissing } from './object-store';

let folder: string;
let store: FolderStore;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'okienko-files-'));
  store = new FolderStore(join(folder, 'files'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const names = (): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => statSync(join(folder, name)).isFile());

describe('a folder of objects', () => {
  it('gives back what was put, to its owner alone, and nothing once it is removed', async () => {
    const [key, bytes] = [randomUUID(), randomBytes(100_000)];
    await store.put(key, bytes);
    expect((await store.get(key)).equals(bytes)).toBe(true);
    expect(names()).toEqual([join('files', key.slice(-2), key)]);
    expect(statSync(join(folder, names()[0] ?? '')).mode & 0o777).toBe(0o600);
    await store.remove(key);
    await store.remove(key);
    await expect(store.get(key)).rejects.toThrow(ObjectMissing);
    expect(names()).toEqual([]);
  });

  it('never shows half of an object, whoever writes it at the same time', async () => {
    const key = randomUUID();
    const versions = Array.from({ length: 6 }, (_, at) => Buffer.alloc(400_000, at));
    const writing = Promise.all(versions.map((bytes) => store.put(key, bytes)));
    for (let read = 0; read < 20; read += 1) {
      const seen = await store.get(key).catch(() => undefined);
      if (seen) expect(versions.some((bytes) => bytes.equals(seen))).toBe(true);
    }
    await writing;
    expect(names()).toHaveLength(1);
  });

  it.each(['../etc/passwd', '', 'a/b', '0197a000-0000-7000-8000-00000000000', `${randomUUID()}/..`])(
    'makes no path of "%s"',
    async (key) => {
      await expect(store.put(key, Buffer.from('a'))).rejects.toThrow('UUID');
      await expect(store.get(key)).rejects.toThrow('UUID');
      await expect(store.remove(key)).rejects.toThrow('UUID');
      expect(names()).toEqual([]);
    },
  );
});

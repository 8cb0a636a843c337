/** Where bytes lie that are too many for the database. It sees ciphertext only, under keys that we make. */
export abstract class ObjectStore {
  /** Resolves when the bytes would survive a power cut. */
  abstract put(key: string, bytes: Buffer): Promise<void>;
  abstract get(key: string): Promise<Buffer>;
  /** What is not there is removed already. */
  abstract remove(key: string): Promise<void>;
}

export class ObjectMissing extends Error {
  constructor(key: string) {
    super(`the object store has nothing under ${key}`);
  }
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** No path is ever made of anything but an id. */
export function assertKey(key: string): void {
  if (!uuid.test(key)) throw new Error('a key of the object store is a UUID');
}

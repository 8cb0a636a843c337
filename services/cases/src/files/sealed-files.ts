import { sealedIn } from '@okienko/privacy/sealed-places';
import type { SealedObjects } from '@okienko/privacy/sealing-anew';
import { ObjectMissing, type ObjectStore } from './object-store';

/** The contents of attached files, for a rotation of keys. */
export function sealedFilesIn(store: ObjectStore): SealedObjects {
  const [place] = sealedIn('attached_file', ['content']);
  if (!place) throw new Error('a place has been asked for');
  return {
    place,
    get: (id) =>
      store.get(id).catch((error: unknown) => {
        if (error instanceof ObjectMissing) return undefined;
        throw error;
      }),
    put: (id, sealed) => store.put(id, sealed),
  };
}

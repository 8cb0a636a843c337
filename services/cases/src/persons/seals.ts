import type { KeyRing } from '@okienko/privacy/key-ring';
import { blindIndex } from '@okienko/privacy/blind-index';
import { seal } from '@okienko/privacy/sealed-payload';
import type { Identifier } from './identifier';
import type { MatchKey } from './matching';
import type { Recipient } from './person-contact';

type PublicKey = Parameters<typeof seal>[0];

/** What a value is found by, and the version of the key that made it. */
export interface Indexed {
  readonly version: number;
  readonly index: Buffer;
}

/** The two keys that a person's own key does not replace: of the index of identifiers and names, and of the notifications service. */
export class Seals {
  private constructor(
    private readonly ring: KeyRing,
    private readonly notificationsKey: PublicKey,
  ) {}

  /** Seals nothing, but finds and enters. */
  static ofIndex(ring: KeyRing): Seals {
    return new Seals(ring, {});
  }

  /** Tries the key once: a service that cannot seal should not start, and none should hold the private half. */
  static async with(ring: KeyRing, notificationsKey: PublicKey): Promise<Seals> {
    if ('d' in notificationsKey)
      throw new Error('SEALING_PUBLIC_KEY holds a private key. Give this service the public half only.');
    await seal(notificationsKey, {});
    return new Seals(ring, notificationsKey);
  }

  indexOf(identifier: Identifier): Buffer {
    return blindIndex(this.ring.blindIndexKey, 'person.identifier', identifier.normalised);
  }

  /** Under each version of the key that is known, the current one first: more than one only while it is rotated. */
  indexesOf(identifier: Identifier): Indexed[] {
    return this.indexes('person.identifier', identifier.normalised);
  }

  matchIndexesOf({ kind, value }: MatchKey): Indexed[] {
    return this.indexes(`person.match.${kind}`, value);
  }

  private indexes(purpose: string, value: string): Indexed[] {
    return this.ring.blindIndexKeys.map(({ version, key }) => ({ version, index: blindIndex(key, purpose, value) }));
  }

  toNotifications(recipient: Recipient): Promise<string> {
    return seal(this.notificationsKey, recipient);
  }
}

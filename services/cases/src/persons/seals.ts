import type { KeyRing } from '@okienko/privacy/key-ring';
import { blindIndex } from '@okienko/privacy/blind-index';
import { seal } from '@okienko/privacy/sealed-payload';
import type { Identifier } from './identifier';
import type { MatchKey } from './matching';
import type { Recipient } from './person-contact';

type PublicKey = Parameters<typeof seal>[0];

/** The two keys that a person's own key does not replace: of the index of identifiers and names, and of the notifications service. */
export class Seals {
  private constructor(
    private readonly ring: KeyRing,
    private readonly notificationsKey: PublicKey,
  ) {}

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

  matchIndexOf({ kind, value }: MatchKey): Buffer {
    return blindIndex(this.ring.blindIndexKey, `person.match.${kind}`, value);
  }

  toNotifications(recipient: Recipient): Promise<string> {
    return seal(this.notificationsKey, recipient);
  }
}

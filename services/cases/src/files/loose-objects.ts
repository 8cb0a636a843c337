import { DomainError } from '@okienko/contracts/domain-error';
import type { Work } from '@okienko/messaging/unit-of-work';

/*
 * An object is loose while no row of a file stands for it: it is noted before it is stored, struck out in the transaction that keeps the
 * file, and noted again in the one that removes it. What is still noted when its time comes is swept from the store.
 */

export class UploadTookTooLong extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'upload-took-too-long';
  constructor() {
    super('What was sent has been swept away before it could be kept. Send the file again.');
  }
}

export const noteLoose = 'insert into loose_object (key, sweep_at) values ($1, $2)';

/** A file stands for the object from now on. */
export async function claim({ query }: Pick<Work, 'query'>, key: string): Promise<void> {
  const [claimed] = await query('delete from loose_object where key = $1 returning key', [key]);
  if (!claimed) throw new UploadTookTooLong();
}

/** Nothing stands for it any more: the sweeper destroys it once this has been committed. */
export function letGo({ send }: Pick<Work, 'send'>, key: string, now: Date): void {
  send(noteLoose, [key, now]);
}

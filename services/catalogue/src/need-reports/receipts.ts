import { createHash, createHmac } from 'node:crypto';
import type { KeyRing } from '@okienko/privacy/key-ring';

/** Crockford's digits: none looks like another, so a receipt can be read out on the telephone. */
const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const length = 20;

/**
 * What a reporter gets to ask by, without a login, what has become of a report: a hundred bits that say nothing. A receipt is derived, so a
 * repeated request gets the same one, and only its digest is stored. This service finds nobody by an encrypted value: the ring's key
 * for keyed hashes makes the receipts instead.
 */
export class Receipts {
  constructor(private readonly ring: KeyRing) {}

  /** Such as `7K3D-90QX-…`: five groups of four. */
  of(reportId: string): string {
    const bytes = createHmac('sha256', this.ring.blindIndexKey).update(`need-report|${reportId}`).digest();
    const text = Array.from(bytes.subarray(0, length), (byte) => digits[byte % digits.length]).join('');
    return (text.match(/.{4}/g) as string[]).join('-');
  }
}

/** By what a report is found; small letters, blanks and letters that look like digits make no difference. */
export function digestOf(receipt: string): Buffer {
  const normalised = receipt.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1');
  return createHash('sha256').update(normalised).digest();
}

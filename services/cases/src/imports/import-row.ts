import { SealedRow } from '../access/sealed-row';

/** Under the key of its import, in its own place there. */
export const rowSealedFor = (key: Buffer, importId: string, row: number): SealedRow =>
  new SealedRow(key, 'import_row', `${importId}/${row}`);

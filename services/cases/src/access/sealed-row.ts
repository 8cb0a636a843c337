import { decryptBytes, decryptField, encryptBytes, encryptField, isSealedAnew } from '@okienko/privacy/sealed-column';

/** Seals and opens the columns of one row under the key of the person it is about. */
export class SealedRow {
  constructor(
    private readonly key: Buffer,
    private readonly table: string,
    private readonly rowId: string,
  ) {}

  seal(column: string, text: string): Buffer {
    return encryptField(this.key, text, this.place(column));
  }

  sealIfGiven(column: string, text: string | null | undefined): Buffer | null {
    return typeof text === 'string' ? this.seal(column, text) : null;
  }

  open(column: string, sealed: Buffer): string {
    return decryptField(this.key, sealed, this.place(column));
  }

  openIfGiven(column: string, sealed: Buffer | null): string | null {
    return sealed && this.open(column, sealed);
  }

  sealBytes(column: string, bytes: Buffer): Buffer {
    return encryptBytes(this.key, bytes, this.place(column));
  }

  openBytes(column: string, sealed: Buffer): Buffer {
    return decryptBytes(this.key, sealed, this.place(column));
  }

  /** By the key that seals now, and not by one before a rotation. */
  isSealedAnew(column: string, sealed: Buffer): boolean {
    return isSealedAnew(this.key, sealed, this.place(column));
  }

  sealJson(column: string, value: object): Buffer {
    return this.seal(column, JSON.stringify(value));
  }

  openJson<T>(column: string, sealed: Buffer): T {
    return JSON.parse(this.open(column, sealed)) as T;
  }

  private place(column: string): { table: string; column: string; rowId: string } {
    return { table: this.table, column, rowId: this.rowId };
  }
}

import { decryptField, encryptField } from '@okienko/privacy/sealed-column';

/** Seals and opens the columns of one row under the key of the person it is about. */
export class SealedRow {
  constructor(
    private readonly key: Buffer,
    private readonly table: string,
    private readonly rowId: string,
  ) {}

  /** A row of the same person in another table. */
  beside(table: string, rowId: string): SealedRow {
    return new SealedRow(this.key, table, rowId);
  }

  seal(column: string, text: string): Buffer {
    return encryptField(this.key, text, this.place(column));
  }

  open(column: string, sealed: Buffer): string {
    return decryptField(this.key, sealed, this.place(column));
  }

  private place(column: string): { table: string; column: string; rowId: string } {
    return { table: this.table, column, rowId: this.rowId };
  }
}

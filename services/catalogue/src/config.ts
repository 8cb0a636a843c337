import { ServiceConfig } from '@okienko/chassis/config';
import { IsString, Length } from 'class-validator';

export class CatalogueConfig extends ServiceConfig {
  /** What the centre is called in the feed of its directory: the body that runs every service which no other does. */
  @IsString() @Length(1, 300) CENTRE_NAME: string = 'Centrum usług społecznych';

  /** Wraps the keys of need reports: 32 bytes in hex or base64, or `1:<old>,2:<new>` during a rotation. */
  @IsString()
  MASTER_KEY!: string;

  /** The receipts of need reports are derived from it: 32 bytes in hex or base64. Receipts given before a change go on to count. */
  @IsString()
  RECEIPT_KEY!: string;
}

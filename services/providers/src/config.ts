import { ServiceConfig } from '@okienko/chassis/config';
import { IsString } from 'class-validator';

export class ProvidersConfig extends ServiceConfig {
  /** Wraps the keys of performers and of the staff of providers: 32 bytes in hex or base64, or `1:<old>,2:<new>` during a rotation. */
  @IsString()
  MASTER_KEY!: string;
}

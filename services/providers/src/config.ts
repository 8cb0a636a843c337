import { ServiceConfig } from '@okienko/chassis/config';
import { IsOptional, IsString, MinLength } from 'class-validator';
import { IsNip } from './providers/identifiers.dto';

export class ProvidersConfig extends ServiceConfig {
  /** Wraps the keys of performers and of the staff of providers: 32 bytes in hex or base64, or `1:<old>,2:<new>` during a rotation. */
  @IsString()
  MASTER_KEY!: string;

  /** NIP of the gmina or the centre, whichever buys the services: for the data of providers' e-invoices alone. */
  @IsOptional()
  @IsNip()
  CENTRE_NIP?: string;

  /** Signs the tokens by which an order or a survey is answered without an account: 32 random bytes in hex or base64. Without it there are none. */
  @IsOptional()
  @IsString()
  @MinLength(32)
  ANSWER_TOKEN_KEY?: string;
}

import { ServiceConfig } from '@okienko/chassis/config';
import { IsOptional, IsString, MinLength } from 'class-validator';

export class ProvidersConfig extends ServiceConfig {
  /** Signs the tokens by which an order is answered without an account: 32 random bytes in hex or base64. Without it there are none. */
  @IsOptional()
  @IsString()
  @MinLength(32)
  ANSWER_TOKEN_KEY?: string;
}

import { ServiceConfig } from '@okienko/chassis/config';
import { IsJSON, IsOptional, IsString, Matches } from 'class-validator';

export class CasesConfig extends ServiceConfig {
  /** Wraps the keys of persons: 32 bytes in hex or base64, or `1:<old>,2:<new>` during a rotation. */
  @IsString()
  MASTER_KEY!: string;

  /** Key of the index by which an identifier is found. It cannot be rotated without indexing anew. */
  @IsString()
  BLIND_INDEX_KEY!: string;

  /** Public key of the notifications service (JWK, P-256): contact details leave sealed to it. */
  @IsJSON()
  SEALING_PUBLIC_KEY!: string;

  /** Account of the centre (NRB, 26 digits) that fees are paid to, unless a fee has an account of its own. */
  @IsOptional()
  @Matches(/^\d{26}$/)
  FEE_ACCOUNT?: string;
}

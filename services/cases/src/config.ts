import { ServiceConfig } from '@okienko/chassis/config';
import { IsJSON, IsOptional, IsString, IsUrl, Matches } from 'class-validator';

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

  /** As documents name the centre, and where it can be found. */
  @IsString()
  CENTRE_NAME = 'Centrum Usług Społecznych';

  @IsString()
  CENTRE_ADDRESS = '';

  /** The authority in whose name decisions are issued (art. 26), in the nominative: Prezydent Miasta Elbląg. */
  @IsString()
  DECIDING_AUTHORITY = 'Prezydent Miasta';

  /** Who decides on appeals, in the genitive: Samorządowego Kolegium Odwoławczego w Elblągu. */
  @IsString()
  APPEAL_BODY = 'Samorządowego Kolegium Odwoławczego';

  /** Folder of attached files, seen by every replica; not used with a bucket. */
  @IsString()
  FILES_FOLDER = '.okienko/files';

  /** Bucket for attached files on a server that speaks S3, path-style: `https://s3.example.pl/okienko-files`. */
  @IsOptional()
  @IsUrl({ require_tld: false, require_protocol: true, protocols: ['http', 'https'] })
  FILES_S3_URL?: string;

  @IsString()
  FILES_S3_REGION = 'us-east-1';

  @IsString()
  FILES_S3_ACCESS_KEY_ID = '';

  @IsString()
  FILES_S3_SECRET_ACCESS_KEY = '';

  /** `host:port` of ClamAV's clamd, which scans attached files. Without it they are not scanned, and say so. */
  @IsOptional()
  @Matches(/^[\w.-]+:\d{1,5}$/)
  CLAMD_ADDRESS?: string;
}

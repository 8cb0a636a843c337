import { IsIn, IsOptional, IsUUID, Matches } from 'class-validator';

export class SmsReport {
  /** What the message was given to the gateway as: its id. */
  @IsUUID()
  reference!: string;

  @IsIn(['DELIVERED', 'FAILED'])
  status!: 'DELIVERED' | 'FAILED';

  /** The gateway's own number of the message. */
  @IsOptional()
  @Matches(/^[\x21-\x7e]{1,128}$/)
  id?: string;

  /** Why it failed, in capitals, e.g. `ABSENT_SUBSCRIBER`. */
  @IsOptional()
  @Matches(/^[A-Z][A-Z0-9_]{0,59}$/)
  code?: string;
}

export class ReportTaken {
  messageId!: string;
}

import { ServiceConfig } from '@okienko/chassis/config';
import { Type } from 'class-transformer';
import {
  IsBase64,
  IsIn,
  IsInt,
  IsJSON,
  IsNumber,
  IsOptional,
  IsString,
  IsUrl,
  Matches,
  Max,
  Min,
  MinLength,
} from 'class-validator';

export class NotificationsConfig extends ServiceConfig {
  /** Wraps the keys of persons: 32 bytes in hex or base64, or `1:<old>,2:<new>` during a rotation. */
  @IsString()
  MASTER_KEY!: string;

  /** The webhook secrets are derived from it: 32 bytes in hex or base64. A new one gives every subscription a new secret. */
  @IsString()
  WEBHOOK_KEY!: string;

  /** Private key (JWK, P-256) that opens the contact details `cases` seals for this service. */
  @IsJSON()
  SEALING_PRIVATE_KEY!: string;

  /** Mail server, e.g. `smtps://user:password@mail.example.pl`. */
  @IsUrl({ protocols: ['smtp', 'smtps'], require_protocol: true, require_tld: false })
  SMTP_URL!: string;

  /** Sender of messages, e.g. `Centrum Usług Społecznych <wiadomosci@cus.example.pl>`. */
  @Matches(/^[^\p{Cc}]{0,200}?[^\s@<>]{1,64}@[^\s@<>]{1,255}>?$/u)
  MAIL_FROM!: string;

  /** Signs mails (DKIM, RFC 6376): the domain, the selector under which its DNS shows the public key, the private key as PEM. */
  @IsOptional()
  @IsString()
  DKIM_DOMAIN?: string;

  @IsOptional()
  @IsString()
  DKIM_SELECTOR?: string;

  @IsOptional()
  @Matches(/^-----BEGIN [A-Z ]*PRIVATE KEY-----/)
  DKIM_PRIVATE_KEY?: string;

  /** Where mail servers send back what they cannot deliver, e.g. `bounces@cus.example.pl`; each message adds `+` and a mark to it. */
  @IsOptional()
  @Matches(/^[a-z0-9-]{1,11}@[a-z0-9.-]+$/)
  BOUNCE_ADDRESS?: string;

  /** Mails a second, by all replicas together; 0: no limit. */
  @Type(() => Number)
  @IsNumber()
  @Min(0)
  EMAIL_PER_SECOND = 0;

  /** Takes short messages as JSON by POST. Without it nobody is reached by SMS. */
  @IsOptional()
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false })
  SMS_GATEWAY_URL?: string;

  @IsIn(['bearer', 'basic'])
  SMS_GATEWAY_AUTH: 'bearer' | 'basic' = 'bearer';

  /** The token, or `user:password`. */
  @IsOptional()
  @IsString()
  SMS_GATEWAY_SECRET?: string;

  /** How the gateway calls what it is sent and what it answers, where it differs: `{"to":"msisdn","text":"body","reference":"ref","id":"messageId"}`. */
  @IsJSON()
  SMS_FIELDS = '{}';

  /** What the gateway wants beside them in each request, e.g. `{"from":"CUS Elblag"}`. */
  @IsJSON()
  SMS_ALWAYS = '{}';

  @Type(() => Number)
  @IsNumber()
  @Min(0)
  SMS_PER_SECOND = 10;

  /** Signs the gateway's delivery reports, as Standard Webhooks do: at least 24 bytes in base64. Without it no report is taken. */
  @IsOptional()
  @IsBase64()
  SMS_REPORT_KEY?: string;

  /** Signs the messages. */
  @IsString()
  CENTRE_NAME = 'Centrum Usług Społecznych';

  /** How long a message waits for the contact details of its person before staff are asked to reach them. */
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(86_400)
  MESSAGE_GRACE_SECONDS = 30;

  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(50)
  MESSAGE_ATTEMPTS = 8;

  /** Signs the links by which people want no more of what nobody owes them: 32 random bytes in hex or base64. Without it there are none. */
  @IsOptional()
  @IsString()
  @MinLength(32)
  UNSUBSCRIBE_KEY?: string;

  /** `host:port`, comma-separated: sinks on the centre's own network, exempt from the rule that a sink is public and https. */
  @IsString()
  ALLOWED_PRIVATE_SINKS = '';

  /** Subscriptions that a partner may have at a time. */
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(10_000)
  MOST_SUBSCRIPTIONS = 50;
}

import { ServiceConfig } from '@okienko/chassis/config';
import { Type } from 'class-transformer';
import { IsInt, IsJSON, IsOptional, IsString, IsUrl, Matches, Max, Min, MinLength } from 'class-validator';

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
  @Matches(/^[^\p{Cc}]*[^\s@<>]+@[^\s@<>]+>?$/u)
  MAIL_FROM!: string;

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
}

import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Clock } from '@okienko/messaging/clock';
import type { Channel, Outcome, Outgoing } from '../channels/channel';
import type { Recipient } from '../recipients/recipient';
import { phoneOf } from './phone';
import { SmsGateway } from './sms-gateway';
import { outcomeOfSms } from './sms-outcome';

/** Without a gateway it reaches nobody. */
@Injectable()
export class SmsChannel implements Channel, OnApplicationShutdown {
  readonly code = 'SMS';

  constructor(
    private readonly gateway: SmsGateway,
    private readonly clock: Clock,
  ) {}

  reaches({ phone }: Recipient): boolean {
    return this.gateway.isThere && phoneOf(phone) !== undefined;
  }

  async send({ messageId, letter }: Outgoing, { phone }: Recipient): Promise<Outcome> {
    const to = phoneOf(phone);
    if (to === undefined) return { kind: 'REFUSED', code: 'NO_NUMBER' };
    // A subject gives nothing away either.
    const answer = await this.gateway.post({ to, text: letter.short ?? letter.subject, reference: messageId });
    return outcomeOfSms(answer, this.clock.now());
  }

  async onApplicationShutdown(): Promise<void> {
    await this.gateway.close();
  }
}

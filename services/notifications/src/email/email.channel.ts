import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Channel, Outcome, Outgoing } from '../channels/channel';
import type { Recipient } from '../recipients/recipient';
import { outcomeOf } from './mail-outcome';
import { Mailer } from './mailer';

@Injectable()
export class EmailChannel implements Channel, OnApplicationShutdown {
  readonly code = 'EMAIL';

  constructor(private readonly mailer: Mailer) {}

  reaches({ email }: Recipient): boolean {
    return email !== undefined;
  }

  async send({ messageId, letter, wayOut }: Outgoing, { name, email = '' }: Recipient): Promise<Outcome> {
    try {
      const providerId = await this.mailer.send({ messageId, to: { name, address: email }, letter, wayOut });
      return providerId === undefined ? { kind: 'HANDED_OVER' } : { kind: 'HANDED_OVER', providerId };
    } catch (error) {
      return outcomeOf(error);
    }
  }

  onApplicationShutdown(): void {
    this.mailer.close();
  }
}

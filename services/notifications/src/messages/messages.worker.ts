import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { type Logger, LOGGER } from '@okienko/chassis/create-service';
import { Clock } from '@okienko/messaging/clock';
import { Tracing } from '@okienko/messaging/tracing';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';
import { Counter, Registry } from 'prom-client';
import { type Channel, channelCodes, CHANNELS } from '../channels/channel';
import { GatewayCommands } from '../gateways/gateways.commands';
import { LastLook } from './last-look.queries';
import { Sender } from './sender';
import { SendingCommands } from './sending.commands';

/** What passes through the hands of staff is in no hurry. */
const byMachine: readonly string[] = ['EMAIL', 'SMS'];

/** A sender for each channel. What was just queued in this replica goes out at once, the rest at the next look. */
@Injectable()
export class MessageWorkers implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly senders: readonly Sender[];

  constructor(
    work: UnitOfWork,
    sending: SendingCommands,
    lastLook: LastLook,
    gateways: GatewayCommands,
    clock: Clock,
    registry: Registry,
    tracing: Tracing,
    @Inject(CHANNELS) channels: readonly Channel[],
    @Inject(LOGGER) log: Logger,
  ) {
    const attempts = new Counter({
      name: 'notifications_messages_total',
      help: 'Attempts to send a message, by channel and outcome',
      labelNames: ['channel', 'outcome'],
      registers: [registry],
    });
    const parts = { sending, lastLook, gateways, clock, log, attempts, tracing };
    this.senders = channelCodes.map((code) => {
      const channel = channels.find((one) => one.code === code);
      const sender = new Sender(code, channel, parts, byMachine.includes(code) ? 250 : 1000);
      if (channel && byMachine.includes(code))
        work.onCommitted((stored) => {
          // What an event brought about is not told by its rows.
          if (stored.length === 0 || stored.some(({ aggregateType }) => aggregateType === 'message')) sender.wake();
        });
      return sender;
    });
  }

  onApplicationBootstrap(): void {
    for (const sender of this.senders) sender.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.senders.map((sender) => sender.stop()));
  }
}

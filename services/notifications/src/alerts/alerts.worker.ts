import { Inject, Injectable } from '@nestjs/common';
import { Background } from '@okienko/chassis/background';
import { type Logger, LOGGER } from '@okienko/chassis/create-service';
import { v7 as uuidv7 } from 'uuid';
import { NotificationsConfig } from '../config';
import { Mailer } from '../email/mailer';
import { letterOf } from './alert';
import { AlertCommands, type Alerted } from './alerts.commands';

/** Tells partner and operator, by another way than the one that fails, when a sink takes nothing any more. */
@Injectable()
export class AlertWorker extends Background {
  protected readonly name = 'subscription-alerts';

  constructor(
    private readonly alerts: AlertCommands,
    private readonly mailer: Mailer,
    private readonly config: NotificationsConfig,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    super();
  }

  protected async keep(): Promise<boolean> {
    // By its id: what fails is logged, and the address is nobody's business there.
    for (const one of await this.alerts.take()) await this.each([one.subscriptionId], () => this.tell(one));
    return false;
  }

  private async tell(alerted: Alerted): Promise<void> {
    const { subscriptionId, partnerId, alertEmail, alert } = alerted;
    if (alert === null) return this.logger.info({ subscriptionId, partnerId }, 'subscription.recovered');
    this.logger.error({ subscriptionId, partnerId, alert }, 'subscription.broken');
    if (alertEmail === null) return;
    await this.mailer
      .send({
        messageId: uuidv7(),
        to: { name: partnerId, address: alertEmail },
        letter: letterOf(alert, subscriptionId, this.config.CENTRE_NAME),
      })
      .catch(async (error: unknown) => {
        await this.alerts.giveBack(alerted);
        throw error;
      });
  }
}

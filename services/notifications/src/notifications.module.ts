import { Module } from '@nestjs/common';
import { KeyRing } from '@okienko/privacy/key-ring';
import { PersonKeys } from '@okienko/privacy/person-keys';
import { NotificationsConfig } from './config';
import { DispatchCommands } from './dispatches/dispatches.commands';
import { DispatchController } from './dispatches/dispatches.controller';
import { DispatchQueries } from './dispatches/dispatches.queries';
import { DispatchWorker } from './dispatches/dispatches.worker';
import { FeedCommands } from './dispatches/feed.commands';
import { SinkClient } from './dispatches/sink-client';
import { EventConsumer } from './events.consumer';
import { GrantCommands } from './grants/grants.commands';
import { GrantController } from './grants/grants.controller';
import { GrantQueries } from './grants/grants.queries';
import { EvidenceCommands } from './evidence/evidence.commands';
import { HandEvidence } from './hand-jobs/hand-evidence';
import { HandJobCalendarCommands } from './hand-jobs/hand-job-calendar.commands';
import { HandJobCalendar } from './hand-jobs/hand-job-calendar.worker';
import { HandJobCommands } from './hand-jobs/hand-jobs.commands';
import { HandJobController } from './hand-jobs/hand-jobs.controller';
import { HandJobQueries } from './hand-jobs/hand-jobs.queries';
import { LetterReader } from './hand-jobs/letter-reader';
import { PrintRunCommands } from './hand-jobs/print-runs.commands';
import { PrintRunController } from './hand-jobs/print-runs.controller';
import { InboxCommands } from './inbox/inbox.commands';
import { InboxFeed } from './inbox/inbox-feed.worker';
import { InboxController } from './inbox/inbox.controller';
import { InboxQueries } from './inbox/inbox.queries';
import { OverdueNotices } from './inbox/overdue-notices.worker';
import { LetterWriter } from './messages/letter-writer';
import { Mailer } from './messages/mailer';
import { MessageCommands } from './messages/messages.commands';
import { MessageController } from './messages/messages.controller';
import { MessageQueries } from './messages/messages.queries';
import { MessageWorker } from './messages/messages.worker';
import { ProofController } from './proofs/proofs.controller';
import { ProofQueries } from './proofs/proofs.queries';
import { RecipientCommands } from './recipients/recipients.commands';
import { RecipientConsumer } from './recipients/recipients.consumer';
import { RecipientController } from './recipients/recipients.controller';
import { RecipientQueries } from './recipients/recipients.queries';
import { allowedSinks } from './subscriptions/sink';
import { SubscriptionCommands } from './subscriptions/subscriptions.commands';
import { SubscriptionController } from './subscriptions/subscriptions.controller';
import { SubscriptionQueries } from './subscriptions/subscriptions.queries';
import { WebhookSecrets } from './subscriptions/webhook-secret';
import { TaskCommands } from './tasks/tasks.commands';
import { TaskController } from './tasks/tasks.controller';
import { TaskQueries } from './tasks/tasks.queries';

const fromConfig = <T>(provide: new (...of: never[]) => T, make: (config: NotificationsConfig) => T) => ({
  provide,
  useFactory: make,
  inject: [NotificationsConfig],
});

/** The service's table of contents. */
@Module({
  controllers: [
    MessageController,
    TaskController,
    HandJobController,
    PrintRunController,
    ProofController,
    InboxController,
    RecipientController,
    GrantController,
    SubscriptionController,
    DispatchController,
    RecipientConsumer,
    EventConsumer,
  ],
  providers: [
    fromConfig(KeyRing, ({ MASTER_KEY, WEBHOOK_KEY }) => KeyRing.fromEnvironmentValues(MASTER_KEY, WEBHOOK_KEY)),
    { provide: PersonKeys, useFactory: (ring: KeyRing) => new PersonKeys(ring), inject: [KeyRing] },
    { provide: WebhookSecrets, useFactory: (ring: KeyRing) => new WebhookSecrets(ring), inject: [KeyRing] },
    fromConfig(LetterWriter, ({ CENTRE_NAME }) => new LetterWriter(CENTRE_NAME)),
    fromConfig(Mailer, ({ SMTP_URL, MAIL_FROM }) => new Mailer(SMTP_URL, MAIL_FROM)),
    fromConfig(SinkClient, ({ ALLOWED_PRIVATE_SINKS }) => new SinkClient(allowedSinks(ALLOWED_PRIVATE_SINKS))),
    RecipientQueries,
    RecipientCommands,
    MessageCommands,
    MessageQueries,
    MessageWorker,
    TaskCommands,
    TaskQueries,
    InboxCommands,
    EvidenceCommands,
    HandEvidence,
    HandJobCommands,
    HandJobQueries,
    PrintRunCommands,
    HandJobCalendarCommands,
    HandJobCalendar,
    LetterReader,
    ProofQueries,
    InboxQueries,
    InboxFeed,
    OverdueNotices,
    GrantCommands,
    GrantQueries,
    SubscriptionCommands,
    SubscriptionQueries,
    FeedCommands,
    DispatchCommands,
    DispatchQueries,
    DispatchWorker,
  ],
})
export class NotificationsModule {}

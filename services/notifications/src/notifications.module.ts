import { Module } from '@nestjs/common';
import { EventStreams } from '@okienko/chassis/event-stream';
import { keyRingOf } from '@okienko/chassis/key-ring';
import { KeyRing } from '@okienko/privacy/key-ring';
import { PersonKeys } from '@okienko/privacy/person-keys';
import { AlertCommands } from './alerts/alerts.commands';
import { AlertGauge } from './alerts/alerts.gauge';
import { AlertWorker } from './alerts/alerts.worker';
import { type Channel, CHANNELS } from './channels/channel';
import { mailerOf, smsGatewayOf } from './channels/from-config';
import { RawBodies } from './channels/raw-bodies.hook';
import { NotificationsConfig } from './config';
import { ConsentCommands } from './consents/consents.commands';
import { ConsentController } from './consents/consents.controller';
import { ConsentQueries } from './consents/consents.queries';
import { UnsubscribeLinks } from './consents/unsubscribe-link.issuer';
import { UnsubscribeController } from './consents/unsubscribe.controller';
import { DigestWorker } from './digests/digest.worker';
import { DigestCommands } from './digests/digests.commands';
import { DispatchCommands } from './dispatches/dispatches.commands';
import { DispatchController } from './dispatches/dispatches.controller';
import { DispatchQueries } from './dispatches/dispatches.queries';
import { DispatchEvidenceController } from './dispatches/dispatch-evidence.controller';
import { DispatchOperationsController } from './dispatches/operations.controller';
import { DispatchEvidence } from './dispatches/dispatch-evidence.queries';
import { DispatchLogWorker } from './dispatches/log.worker';
import { FeedEvents } from './dispatches/feed-events.queries';
import { LaneCommands } from './dispatches/lanes.commands';
import { DispatchFigures } from './dispatches/dispatches.figures';
import { DispatchWorker } from './dispatches/dispatches.worker';
import { FeedNews } from './dispatches/feed-news.worker';
import { FeedCommands } from './dispatches/feed.commands';
import { FeedController } from './dispatches/feed.controller';
import { FeedQueries } from './dispatches/feed.queries';
import { SinkClient } from './dispatches/sink-client';
import { HeartbeatController } from './heartbeats/heartbeats.controller';
import { NoticeSender } from './heartbeats/notices.sender';
import { SubscriptionDigestCommands } from './heartbeats/subscription-digests.commands';
import { SubscriptionDigestQueries } from './heartbeats/subscription-digests.queries';
import { SubscriptionDigestWorker } from './heartbeats/subscription-digests.worker';
import { TestEventCommands } from './heartbeats/test-events.commands';
import { BounceAddress } from './email/bounce-address';
import { BounceCommands } from './email/bounces.commands';
import { BounceController } from './email/bounces.controller';
import { EmailChannel } from './email/email.channel';
import { Mailer } from './email/mailer';
import { EventConsumer } from './events.consumer';
import { EvidenceCommands } from './evidence/evidence.commands';
import { RetentionWorker } from './evidence/retention.worker';
import { GatewayCommands } from './gateways/gateways.commands';
import { GatewayController } from './gateways/gateways.controller';
import { GatewayGauges } from './gateways/gateways.gauge';
import { GatewayQueries } from './gateways/gateways.queries';
import { GrantCommands } from './grants/grants.commands';
import { GrantController } from './grants/grants.controller';
import { GrantQueries } from './grants/grants.queries';
import { HandEvidence } from './hand-jobs/hand-evidence.commands';
import { handChannels } from './hand-jobs/hand-channel';
import { HandJobCalendarCommands } from './hand-jobs/hand-job-calendar.commands';
import { HandJobCalendar } from './hand-jobs/hand-job-calendar.worker';
import { HandJobCommands } from './hand-jobs/hand-jobs.commands';
import { HandJobController } from './hand-jobs/hand-jobs.controller';
import { HandJobQueries } from './hand-jobs/hand-jobs.queries';
import { LetterReader } from './hand-jobs/letter-reader.queries';
import { PrintRunCommands } from './hand-jobs/print-runs.commands';
import { PrintRunController } from './hand-jobs/print-runs.controller';
import { InboxFeed } from './inbox/inbox-feed.worker';
import { InboxCommands } from './inbox/inbox.commands';
import { InboxController } from './inbox/inbox.controller';
import { InboxQueries } from './inbox/inbox.queries';
import { OverdueNotices } from './inbox/overdue-notices.worker';
import { LastLook } from './messages/last-look.queries';
import { LetterWriter } from './messages/letter-writer';
import { LetterCommands } from './messages/letters.commands';
import { MessageCommands } from './messages/messages.commands';
import { MessageController } from './messages/messages.controller';
import { MessageQueries } from './messages/messages.queries';
import { MessageWorkers } from './messages/messages.worker';
import { SendingCommands } from './messages/sending.commands';
import { StopCommands } from './messages/stops.commands';
import { ErasureCommands } from './recipients/erasures.commands';
import { ToldQueries } from './messages/told.queries';
import { LayingCommands } from './nats-feeds/laying.commands';
import { NatsFeedCommands } from './nats-feeds/nats-feeds.commands';
import { NatsFeedController } from './nats-feeds/nats-feeds.controller';
import { NatsFeedGauge } from './nats-feeds/nats-feeds.gauge';
import { NatsFeedWorker } from './nats-feeds/nats-feeds.worker';
import { ProofController } from './proofs/proofs.controller';
import { ProofQueries } from './proofs/proofs.queries';
import { RecipientCommands } from './recipients/recipients.commands';
import { PersonCopyController } from './recipients/person-copy.controller';
import { PersonCopyQueries } from './recipients/person-copy.queries';
import { RecipientConsumer } from './recipients/recipients.consumer';
import { RecipientController } from './recipients/recipients.controller';
import { RecipientQueries } from './recipients/recipients.queries';
import { RepresentativeCommands } from './recipients/representatives.commands';
import { RepresentativeQueries } from './recipients/representatives.queries';
import { RuleCommands } from './rules/rules.commands';
import { RuleController } from './rules/rules.controller';
import { RuleQueries } from './rules/rules.queries';
import { TrialQueries } from './rules/trial.queries';
import { SmsGateway } from './sms/sms-gateway';
import { SmsReportCommands } from './sms/sms-reports.commands';
import { SmsReportController } from './sms/sms-reports.controller';
import { SmsChannel } from './sms/sms.channel';
import { ApprovalCommands } from './subscriptions/approvals.commands';
import { SubscriptionChanges } from './subscriptions/changes.commands';
import { SubscriptionChangeController } from './subscriptions/changes.controller';
import { CredentialKeeper } from './subscriptions/credentials.keeper';
import { allowedSinks } from './subscriptions/sink';
import { SinkConsent } from './subscriptions/sink-consent.asker';
import { SubscriptionCommands } from './subscriptions/subscriptions.commands';
import { SubscriptionController, SubscriptionTrialController } from './subscriptions/subscriptions.controller';
import { SubscriptionQueries } from './subscriptions/subscriptions.queries';
import { WebhookSecrets } from './subscriptions/webhook-secret';
import { TaskCommands } from './tasks/tasks.commands';
import { TaskController } from './tasks/tasks.controller';
import { TaskQueries } from './tasks/tasks.queries';
import { TemplateCommands } from './templates/templates.commands';
import { TemplateController } from './templates/templates.controller';
import { TemplateQueries } from './templates/templates.queries';

const fromConfig = <T>(provide: new (...of: never[]) => T, make: (config: NotificationsConfig) => T) => ({
  provide,
  useFactory: make,
  inject: [NotificationsConfig],
});

/** The service's table of contents. */
@Module({
  controllers: [
    MessageController,
    BounceController,
    SmsReportController,
    GatewayController,
    TaskController,
    HandJobController,
    PrintRunController,
    ProofController,
    InboxController,
    RecipientController,
    GrantController,
    SubscriptionController,
    SubscriptionTrialController,
    SubscriptionChangeController,
    DispatchController,
    DispatchEvidenceController,
    DispatchOperationsController,
    FeedController,
    HeartbeatController,
    NatsFeedController,
    RuleController,
    TemplateController,
    ConsentController,
    UnsubscribeController,
    RecipientConsumer,
    PersonCopyController,
    EventConsumer,
  ],
  providers: [
    {
      provide: KeyRing,
      useFactory: (config: NotificationsConfig) => keyRingOf(config, config.MASTER_KEY, config.WEBHOOK_KEY),
      inject: [NotificationsConfig],
    },
    { provide: PersonKeys, useFactory: (ring: KeyRing) => new PersonKeys(ring), inject: [KeyRing] },
    { provide: WebhookSecrets, useFactory: (ring: KeyRing) => new WebhookSecrets(ring), inject: [KeyRing] },
    fromConfig(LetterWriter, ({ CENTRE_NAME }) => new LetterWriter(CENTRE_NAME)),
    {
      provide: BounceAddress,
      useFactory: (ring: KeyRing, { BOUNCE_ADDRESS }: NotificationsConfig) =>
        new BounceAddress(BOUNCE_ADDRESS, ring.blindIndexKey),
      inject: [KeyRing, NotificationsConfig],
    },
    { provide: Mailer, useFactory: mailerOf, inject: [NotificationsConfig, BounceAddress] },
    fromConfig(SmsGateway, smsGatewayOf),
    EmailChannel,
    SmsChannel,
    {
      provide: CHANNELS,
      useFactory: (email: Channel, sms: Channel, jobs: HandJobCommands) => [email, sms, ...handChannels(jobs)],
      inject: [EmailChannel, SmsChannel, HandJobCommands],
    },
    EventStreams,
    RawBodies,
    BounceCommands,
    SmsReportCommands,
    EvidenceCommands,
    RetentionWorker,
    GatewayCommands,
    GatewayQueries,
    GatewayGauges,
    SendingCommands,
    LastLook,
    fromConfig(SinkClient, ({ ALLOWED_PRIVATE_SINKS }) => new SinkClient(allowedSinks(ALLOWED_PRIVATE_SINKS))),
    RecipientQueries,
    PersonCopyQueries,
    RecipientCommands,
    MessageCommands,
    MessageQueries,
    LetterCommands,
    StopCommands,
    ErasureCommands,
    ToldQueries,
    RepresentativeCommands,
    RepresentativeQueries,
    RuleCommands,
    RuleQueries,
    TrialQueries,
    DigestCommands,
    DigestWorker,
    InboxCommands,
    ConsentQueries,
    TemplateQueries,
    MessageWorkers,
    TaskCommands,
    TaskQueries,
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
    SubscriptionChanges,
    ApprovalCommands,
    CredentialKeeper,
    SinkConsent,
    SubscriptionQueries,
    FeedCommands,
    FeedNews,
    FeedQueries,
    DispatchCommands,
    FeedEvents,
    LaneCommands,
    DispatchEvidence,
    DispatchLogWorker,
    DispatchQueries,
    DispatchWorker,
    DispatchFigures,
    NoticeSender,
    TestEventCommands,
    SubscriptionDigestCommands,
    SubscriptionDigestQueries,
    SubscriptionDigestWorker,
    AlertCommands,
    AlertWorker,
    AlertGauge,
    NatsFeedCommands,
    LayingCommands,
    NatsFeedWorker,
    NatsFeedGauge,
    TemplateCommands,
    ConsentCommands,
    UnsubscribeLinks,
  ],
})
export class NotificationsModule {}

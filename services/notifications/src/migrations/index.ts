import { CreateNotifications1764748800000 } from './1764748800000-create-notifications';
import { SilenceLifted1795501000000 } from './1795501000000-silence-lifted';
import { MergedRecords1795501200000 } from './1795501200000-merged-records';
import { WaysOfMessages1795700000000 } from './1795700000000-ways-of-messages';
import { RecipientsAndInbox1795700100000 } from './1795700100000-recipients-and-inbox';
import { RulesOfMessages1795700200000 } from './1795700200000-rules-of-messages';
import { TextsAndConsents1795700300000 } from './1795700300000-texts-and-consents';
import { SendingAndEvidence1795700400000 } from './1795700400000-sending-and-evidence';
import { HandJobs1795700500000 } from './1795700500000-hand-jobs';
import { SubscriptionsAsAsked1795800100000 } from './1795800100000-subscriptions-as-asked';
import { WebhooksAsAsked1795800200000 } from './1795800200000-webhooks-as-asked';
import { NatsFeeds1795800300000 } from './1795800300000-nats-feeds';
import { ApprovalAndAuthentication1796000010000 } from './1796000010000-approval-and-authentication';
import { LanesAndAttempts1796000020000 } from './1796000020000-lanes-and-attempts';
import { Batches1796000021000 } from './1796000021000-batches';
import { LayingUnderWay1796000030000 } from './1796000030000-laying-under-way';
import { Revocations1796000110000 } from './1796000110000-revocations';
import { NoticeOfBreakGlass1796000110100 } from './1796000110100-notice-of-break-glass';
import { RotationOfKeys1796000120000 } from './1796000120000-rotation-of-keys';
import { Erasures1796000131000 } from './1796000131000-erasures';
import { AccessLogKeeping1796000140000 } from './1796000140000-access-log-keeping';
import { NumbersApart1796100000000 } from './1796100000000-numbers-apart';
import { TraceOfMessages1796000150000 } from './1796000150000-trace-of-messages';
import { LineageOfDatabase1796000160000 } from './1796000160000-lineage-of-database';

export const migrations = [
  CreateNotifications1764748800000,
  SilenceLifted1795501000000,
  MergedRecords1795501200000,
  WaysOfMessages1795700000000,
  RecipientsAndInbox1795700100000,
  RulesOfMessages1795700200000,
  TextsAndConsents1795700300000,
  SendingAndEvidence1795700400000,
  HandJobs1795700500000,
  SubscriptionsAsAsked1795800100000,
  WebhooksAsAsked1795800200000,
  NatsFeeds1795800300000,
  ApprovalAndAuthentication1796000010000,
  LanesAndAttempts1796000020000,
  Batches1796000021000,
  LayingUnderWay1796000030000,
  Revocations1796000110000,
  NoticeOfBreakGlass1796000110100,
  RotationOfKeys1796000120000,
  Erasures1796000131000,
  AccessLogKeeping1796000140000,
  NumbersApart1796100000000,
  TraceOfMessages1796000150000,
  LineageOfDatabase1796000160000,
];

import type { EntitySchema } from 'typeorm';
import { consentMapping } from './consents/consent.mapping';
import { grantMapping } from './grants/grant.mapping';
import { handJobMapping, printRunMapping } from './hand-jobs/hand-job.mapping';
import { noticeMapping } from './inbox/notice.mapping';
import { messageMapping } from './messages/message.mapping';
import { messageRuleMapping } from './rules/message-rule.mapping';
import { subscriptionMapping } from './subscriptions/subscription.mapping';
import { taskMapping } from './tasks/task.mapping';
import { messageTemplateMapping } from './templates/message-template.mapping';

export const mappings: readonly EntitySchema[] = [
  messageMapping,
  taskMapping,
  noticeMapping,
  handJobMapping,
  printRunMapping,
  grantMapping,
  subscriptionMapping,
  messageRuleMapping,
  messageTemplateMapping,
  consentMapping,
];

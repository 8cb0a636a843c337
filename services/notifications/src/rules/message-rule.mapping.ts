import { EntitySchema } from 'typeorm';
import { MessageRule } from './message-rule';
import type { RuleContent } from './rule';

interface MessageRuleRow {
  id: string;
  version: number;
  code: string;
  edition: number;
  inForceFrom: Date;
  isOn: boolean;
  content: RuleContent;
}

export const messageRuleMapping = new EntitySchema<MessageRuleRow>({
  target: MessageRule,
  name: 'MessageRule',
  tableName: 'message_rule',
  columns: {
    id: { type: 'uuid', primary: true },
    version: { type: 'int' },
    code: { type: 'text' },
    edition: { type: 'int' },
    inForceFrom: { name: 'in_force_from', type: 'timestamptz' },
    isOn: { name: 'is_on', type: 'boolean' },
    content: { type: 'jsonb' },
  },
});

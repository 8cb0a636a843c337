import { EntitySchema } from 'typeorm';
import type { FactName } from './letter-facts';
import { MessageTemplate, type Texts } from './message-template';

interface MessageTemplateRow {
  id: string;
  version: number;
  code: string;
  givenFacts: readonly FactName[] | null;
  texts: Partial<Texts>;
}

export const messageTemplateMapping = new EntitySchema<MessageTemplateRow>({
  target: MessageTemplate,
  name: 'MessageTemplate',
  tableName: 'message_template',
  columns: {
    id: { type: 'uuid', primary: true },
    version: { type: 'int' },
    code: { type: 'text' },
    givenFacts: { name: 'given_facts', type: 'jsonb', nullable: true },
    texts: { type: 'jsonb' },
  },
});

import { Injectable } from '@nestjs/common';
import type { Sql } from '@okienko/privacy/sql';
import type { FactName } from './letter-facts';

const shippedFacts: Readonly<Record<string, readonly FactName[]>> = {
  'application-forwarded': [],
  'application-qualified': [],
  'application-received': [],
  'completion-requested': [],
  'digest-of-day': ['count'],
  'fee-overdue': [],
  'help-arranged': [],
  'place-offered': ['answerBy'],
  'plan-approved': [],
  'plan-closed': [],
  'plan-ended': [],
  'talk-arranged': ['scheduledFor', 'place'],
};

@Injectable()
export class TemplateQueries {
  /** What a rule that uses the text has to give it; undefined where there is no such text. Every text is in every language. */
  async factsNeeded(_sql: Sql, code: string): Promise<readonly FactName[] | undefined> {
    return Object.hasOwn(shippedFacts, code) ? shippedFacts[code] : undefined;
  }
}

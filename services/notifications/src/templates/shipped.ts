import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Language } from '../recipients/recipient';
import type { FactName } from './letter-facts';
import type { TemplateText } from './template-text';

/** The texts that come with the service, and the facts that whoever uses one has to have. */
export const shippedFacts: Readonly<Record<string, readonly FactName[]>> = {
  'application-forwarded': [],
  'application-qualified': [],
  'application-received': [],
  'appointment-reminder': ['scheduledFor', 'place'],
  'completion-requested': [],
  'digest-of-day': ['count'],
  'fee-overdue': ['dueOn', 'openGrosze'],
  'help-arranged': [],
  'place-lapsed': [],
  'place-offered': ['answerBy'],
  'plan-approved': [],
  'plan-closed': [],
  'plan-ended': [],
  'satisfaction-survey': [],
  'talk-arranged': ['scheduledFor', 'place'],
};
export const shippedCodes: readonly string[] = Object.keys(shippedFacts);
export const isShipped = (code: string): boolean => Object.hasOwn(shippedFacts, code);

const folder = join(__dirname, '..', '..', 'templates');
const read = new Map<string, string>();

function contentOf(language: Language, name: string): string {
  const path = join(folder, language, `${name}.liquid`);
  const content = read.get(path) ?? readFileSync(path, 'utf8');
  read.set(path, content);
  return content;
}

/** Subject, text and short text, divided by lines of three dashes. */
export function shippedText(code: string, language: Language): TemplateText {
  const [subject = '', text = '', short = ''] = contentOf(language, code)
    .split('\n---\n')
    .map((part) => part.trim());
  // Letters of Polish alone would make a short message twice as long; Ukrainian cannot do without its own.
  return { subject, text, short, plainShort: language !== 'uk' };
}

/** What stands around every text: the greeting and the signature. */
export const frameOf = (language: Language): string => contentOf(language, 'letter');

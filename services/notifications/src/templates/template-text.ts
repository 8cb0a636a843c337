import type { Language } from '../recipients/recipient';
import { frameOf } from './shipped';
import { plain } from './sms-text';
import { rendered } from './template-engine';
import type { Words } from './words';

/** One text in one language. The greeting and the signature of a letter are not part of it. */
export interface TemplateText {
  readonly subject: string;
  readonly text: string;
  readonly short: string;
  /** Whether the short text goes without the marks of Polish letters, which keeps it in the smaller alphabet. */
  readonly plainShort: boolean;
}

/** A text with its words put in, as it is sent. */
export type Composed = Readonly<Record<'subject' | 'text' | 'short', string>>;

export function composed(language: Language, template: TemplateText, words: Words): Composed {
  const text = rendered(language, template.text, words);
  const short = rendered(language, template.short, words);
  return {
    subject: rendered(language, template.subject, words),
    text: `${rendered(language, frameOf(language), { ...words, text })}\n`,
    short: template.plainShort ? plain(short) : short,
  };
}

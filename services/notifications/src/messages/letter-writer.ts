import type { Sql } from '@okienko/privacy/sql';
import { type Language, languageOf, type Manner } from '../recipients/recipient';
import type { LetterFacts } from '../templates/letter-facts';
import { shippedText } from '../templates/shipped';
import { composed, type TemplateText } from '../templates/template-text';
import { wordsIn } from '../templates/words';

export interface Letter {
  readonly language: Language;
  readonly subject: string;
  readonly text: string;
  /** In the words of a short message, without the name of a service; absent where the text was written before there were any. */
  readonly short?: string;
}

/** Puts facts into words: in the text that the centre has written, else in the one that came with the service. */
export class LetterWriter {
  constructor(private readonly centre: string) {}

  /** Without a database only what came with the service is known. */
  async write(template: string, recipient: Manner, facts: LetterFacts, sql?: Sql): Promise<Letter> {
    const language = languageOf(recipient);
    const text = (sql && (await ownText(sql, template, language))) ?? shippedText(template, language);
    return { language, ...composed(language, text, wordsIn(language, this.centre, facts)) };
  }
}

async function ownText(sql: Sql, code: string, language: Language): Promise<TemplateText | undefined> {
  const [row] = await sql.query<{ own: TemplateText | null }>(
    'select texts -> $2::text as own from message_template where code = $1',
    [code, language],
  );
  return row?.own ?? undefined;
}

import { join } from 'node:path';
import { Liquid } from 'liquidjs';
import { type Language, languageOf, type Manner } from '../recipients/recipient';
import type { LetterFacts, Template } from './message-rules';

export interface Letter {
  readonly language: Language;
  readonly subject: string;
  readonly text: string;
  /** In the words of a short message, without the name of a service; absent where the text was written before there were any. */
  readonly short?: string;
}

const inPolish = { CENTRE: 'w naszym Centrum', PLACE_OF_STAY: 'u Ciebie, w miejscu, w którym przebywasz' };
const places: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  pl: inPolish,
  'pl-x-etr': { ...inPolish, PLACE_OF_STAY: 'u Ciebie' },
  uk: { CENTRE: 'у нашому Центрі', PLACE_OF_STAY: 'у Вас, там, де Ви перебуваєте' },
  en: { CENTRE: 'at our Centre', PLACE_OF_STAY: 'at the place where you are staying' },
};

const locales: Readonly<Record<Language, string>> = { pl: 'pl-PL', 'pl-x-etr': 'pl-PL', uk: 'uk-UA', en: 'en-GB' };

/** Puts facts into words. The first line of a rendered letter is its subject; a template holds only its own paragraphs. */
export class LetterWriter {
  private readonly liquid = new Liquid({
    root: join(__dirname, '..', '..', 'templates'),
    extname: '.liquid',
    cache: true,
    strictFilters: true,
    strictVariables: true,
  });

  constructor(private readonly centre: string) {}

  async write(template: Template, recipient: Manner, facts: LetterFacts): Promise<Letter> {
    const language = languageOf(recipient);
    const words = { centre: this.centre, letter: `${language}/letter`, ...inWords(language, facts) };
    const rendered = String(await this.liquid.renderFile(`${language}/${template}`, words));
    const [subject = '', ...lines] = rendered.trim().split('\n');
    return { language, subject: subject.trim(), text: `${lines.join('\n').trim()}\n` };
  }
}

function inWords(language: Language, { scheduledFor, place, answerBy, count }: LetterFacts): Words {
  return {
    ...(count !== undefined && { count }),
    ...(scheduledFor !== undefined && { when: inFull(language, new Date(scheduledFor), { timeStyle: 'short' }) }),
    ...(place !== undefined && { where: places[language][place] ?? places[language]['CENTRE'] ?? '' }),
    ...(answerBy !== undefined && { answerBy: inFull(language, new Date(`${answerBy}T12:00:00Z`)) }),
  };
}

interface Words {
  count?: number;
  when?: string;
  where?: string;
  answerBy?: string;
}

const inFull = (language: Language, at: Date, more: Intl.DateTimeFormatOptions = {}): string =>
  new Intl.DateTimeFormat(locales[language], { dateStyle: 'full', timeZone: 'Europe/Warsaw', ...more }).format(at);

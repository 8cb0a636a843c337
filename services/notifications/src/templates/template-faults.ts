import { addDays } from '@okienko/contracts/calendar';
import { DomainError, type Fault } from '@okienko/contracts/domain-error';
import type { Language } from '../recipients/recipient';
import { type FactName, type LetterFacts, wordsOf } from './letter-facts';
import { smsOf } from './sms-text';
import { engineFor, rendered } from './template-engine';
import { composed, type TemplateText } from './template-text';
import { type Words, wordsIn } from './words';

export class TemplateFaulty extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'template-faulty';
  constructor(override readonly errors: readonly Fault[]) {
    super('The text could not be sent as it is. Correct what is named below.');
  }
}

/** What a text is checked against. */
export interface Check {
  readonly language: Language;
  readonly facts: readonly FactName[];
  readonly centre: string;
  /** Parts that its short message may have. */
  readonly mostParts: number;
}

/** The subject is seen by whoever sees the mailbox, the short text by whoever sees the phone: neither says what it is about. */
const discreet: Readonly<Record<'subject' | 'short', readonly string[]>> = {
  subject: ['centre'],
  short: ['centre', 'when', 'day', 'time', 'answerBy', 'dueOn'],
};
const longestSubject = 100;

/** All that is wrong, with the line. A text without faults renders for whatever its facts say. */
export function faultsOf(template: TemplateText, check: Check): Fault[] {
  const known = wordsOf(check.facts);
  const fields = [
    ['subject', known.filter((word) => discreet.subject.includes(word))],
    ['text', known],
    ['short', known.filter((word) => discreet.short.includes(word))],
  ] as const;
  const faults = fields.flatMap(([field, allowed]) =>
    faultsIn(template[field], allowed, check).map((detail) => ({ pointer: `/${field}`, detail })),
  );
  return faults.length > 0 ? faults : faultsWhenSaid(template, check);
}

function faultsIn(source: string, allowed: readonly string[], { language, centre }: Check): string[] {
  const engine = engineFor(language);
  try {
    const used = Object.values(engine.parseAndAnalyzeSync(source).globals).flat();
    const unknown = used
      .filter(({ segments }) => segments.length !== 1 || !allowed.includes(String(segments[0])))
      .map(
        ({ segments, location }) =>
          `Line ${location.row}: nothing tells it ${segments.join('.')}, only ${allowed.join(', ')}.`,
      );
    if (unknown.length > 0) return unknown;
    // One count for each form of a plural.
    for (const count of [1, 2, 5])
      rendered(language, source, wordsIn(language, centre, { ...exampleFacts(language), count }));
    return [];
  } catch (error) {
    return liquidFaults(error);
  }
}

function faultsWhenSaid(template: TemplateText, { language, facts, centre, mostParts }: Check): Fault[] {
  const { subject, short } = composed(language, template, exampleWords(language, facts, centre));
  const { parts, alphabet, units } = smsOf(short);
  return [
    ...(subject === '' || subject.includes('\n') || subject.length > longestSubject
      ? [{ pointer: '/subject', detail: `A subject is one line of at most ${longestSubject} characters.` }]
      : []),
    ...(rendered(language, template.text, exampleWords(language, facts, centre)) === ''
      ? [{ pointer: '/text', detail: 'A text says something.' }]
      : []),
    ...(short === '' || parts.length > mostParts
      ? [
          {
            pointer: '/short',
            detail: `A short text has 1 to ${mostParts} parts; this one has ${units} places in ${alphabet}, so ${parts.length}.`,
          },
        ]
      : []),
  ];
}

interface LiquidFault {
  readonly message: string;
  readonly errors?: readonly LiquidFault[];
  readonly token?: { getPosition(): readonly [number, number] };
}

function liquidFaults(error: unknown): string[] {
  const { errors, message, token } = error as LiquidFault;
  if (errors) return errors.flatMap(liquidFaults);
  const [row = 1] = token?.getPosition() ?? [];
  return [`Line ${row}: ${message.replace(/, line:\d+, col:\d+$/, '')}.`];
}

const longest = new Map<Language, string>();

/** The day whose name takes most room. */
function longestDay(language: Language): string {
  const known = longest.get(language);
  if (known) return known;
  const days = Array.from({ length: 366 }, (_, index) => addDays('2028-01-01', index));
  const lengths = days.map((day) => String(wordsIn(language, '', { answerBy: day }).answerBy).length);
  const found = days[lengths.indexOf(Math.max(...lengths))] ?? '2028-01-01';
  longest.set(language, found);
  return found;
}

/** As long as they come, so that what fits with them always fits. */
export function exampleFacts(language: Language): Required<LetterFacts> {
  const day = longestDay(language);
  return {
    scheduledFor: `${day}T12:30:00Z`,
    place: 'PLACE_OF_STAY',
    answerBy: day,
    dueOn: day,
    openGrosze: 123_456_78,
    count: 22,
  };
}

export function exampleWords(language: Language, facts: readonly FactName[], centre: string): Words {
  const all = exampleFacts(language);
  return wordsIn(language, centre, Object.fromEntries(facts.map((fact) => [fact, all[fact]])));
}

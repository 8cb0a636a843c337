import { type Day, editionOn } from '@okienko/contracts/calendar';

/** SCALE: from 1 (never, not at all) to 5 (always, very much). YES_NO: 1 is yes, 0 is no. */
export type QuestionKind = 'SCALE' | 'YES_NO';

export interface Question {
  readonly code: string;
  readonly kind: QuestionKind;
  readonly text: Readonly<Record<'pl' | 'pl-x-etr' | 'uk' | 'en', string>>;
}

/** Five at most. */
export interface QuestionEdition {
  /** The first day of a quarter. */
  readonly validFrom: Day;
  readonly basis: string;
  readonly questions: readonly Question[];
}

/** Newest first. */
export const questionEditions: readonly [...QuestionEdition[], QuestionEdition] = [
  {
    validFrom: '2020-01-01',
    basis: 'rule of the centre (art. 13(1)(7))',
    questions: [
      {
        code: 'ON_TIME',
        kind: 'SCALE',
        text: {
          pl: 'Czy usługa odbywała się w umówionym czasie?',
          'pl-x-etr': 'Czy pomoc była na czas?',
          uk: 'Чи послуга надавалася в узгоджений час?',
          en: 'Did the service take place when it was agreed to?',
        },
      },
      {
        code: 'RESPECT',
        kind: 'SCALE',
        text: {
          pl: 'Czy traktowano Panią/Pana z szacunkiem?',
          'pl-x-etr': 'Czy ludzie byli dla Ciebie mili?',
          uk: 'Чи ставилися до Вас із повагою?',
          en: 'Were you treated with respect?',
        },
      },
      {
        code: 'HELPFUL',
        kind: 'SCALE',
        text: {
          pl: 'Czy usługa pomogła w tym, w czym miała pomóc?',
          'pl-x-etr': 'Czy ta pomoc Ci pomogła?',
          uk: 'Чи допомогла послуга в тому, у чому мала допомогти?',
          en: 'Did the service help with what it was meant for?',
        },
      },
      {
        code: 'KNOWS_WHOM_TO_TELL',
        kind: 'YES_NO',
        text: {
          pl: 'Czy wie Pani/Pan, komu zgłosić uwagi do usługi?',
          'pl-x-etr': 'Czy wiesz, komu powiedzieć, że coś jest źle?',
          uk: 'Чи знаєте Ви, кому повідомити зауваження щодо послуги?',
          en: 'Do you know whom to tell when something is wrong?',
        },
      },
      {
        code: 'WOULD_USE_AGAIN',
        kind: 'YES_NO',
        text: {
          pl: 'Czy w razie potrzeby skorzystałaby/skorzystałby Pani/Pan z tej usługi ponownie?',
          'pl-x-etr': 'Czy chcesz znowu taką pomoc, gdy będzie potrzebna?',
          uk: 'Чи скористалися б Ви цією послугою знову, якби була потреба?',
          en: 'Would you use this service again if you needed it?',
        },
      },
    ],
  },
];

export const questionEditionOn = (day: Day): QuestionEdition => editionOn(questionEditions, day);

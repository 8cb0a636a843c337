import { type Answers, type Indicator, type Moment, moments } from '../projects/indicator';

/** A participant as the export tells of them. */
export interface Participant {
  readonly participation: Readonly<Record<string, string | null>>;
  /** Null once their data have been erased. */
  readonly person: Readonly<Record<string, string | null>> | null;
  readonly answers: Readonly<Record<Moment, Answers | null>>;
}

export interface ExportColumn {
  readonly code: string;
  /** In Polish, as the system of the funds (SM EFS) has it or nearly so. */
  readonly header: string;
  readonly from: 'participation' | 'person' | Moment;
}

/** What is told of each participant before their indicators. */
const ofEachParticipant: readonly ExportColumn[] = [
  { code: 'participationId', header: 'Identyfikator udziału', from: 'participation' },
  { code: 'givenName', header: 'Imię', from: 'person' },
  { code: 'familyName', header: 'Nazwisko', from: 'person' },
  { code: 'pesel', header: 'PESEL', from: 'person' },
  { code: 'birthDate', header: 'Data urodzenia', from: 'person' },
  { code: 'terc', header: 'Gmina (TERC)', from: 'participation' },
  { code: 'declaredOn', header: 'Data rozpoczęcia udziału w projekcie', from: 'participation' },
  { code: 'terminatedOn', header: 'Data zakończenia udziału w projekcie', from: 'participation' },
  { code: 'reasonCode', header: 'Powód zakończenia udziału', from: 'participation' },
];

const suffixes: Readonly<Record<Moment, string>> = {
  ENTRY: 'przy rozpoczęciu',
  EXIT: 'przy zakończeniu',
  FOUR_WEEKS_AFTER: 'do 4 tygodni po zakończeniu',
};

export const exportColumns = (indicators: readonly Indicator[]): ExportColumn[] => [
  ...ofEachParticipant,
  ...moments.flatMap((moment) =>
    indicators
      .filter(({ askedAt }) => askedAt.includes(moment))
      .map(({ code, name }) => ({ code, header: `${name} (${suffixes[moment]})`, from: moment })),
  ),
];

export function valueOf({ code, from }: ExportColumn, { participation, person, answers }: Participant): string {
  const source = from === 'participation' ? participation : from === 'person' ? person : answers[from];
  return source?.[code] ?? '';
}

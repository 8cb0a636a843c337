import type { Printed } from '@okienko/printing/printed';
import type { DisposalState, FileOutcome } from './disposal';
import type { DisposalFileView, DisposalView } from './disposals.dto';

const states: Readonly<Record<DisposalState, string>> = {
  PROPOSED: 'spis do zatwierdzenia',
  APPROVED: 'zatwierdzone, w toku',
  REJECTED: 'odrzucone',
  CARRIED_OUT: 'wykonane',
};
const outcomes: Readonly<Record<FileOutcome, string>> = {
  ERASED: 'zniszczona',
  HELD: 'zachowana: blokada',
  NOT_YET_DUE: 'zachowana: sprawa w toku lub okres trwa',
};

/** The list as the state archive and the auditor read it: numbers, categories and days, and nobody's name. */
export function disposalProtocol(disposal: DisposalView, files: readonly DisposalFileView[]): Printed {
  const { state, proposedBy, proposedOn, decidedBy, decidedOn, archiveConsent, reasonCode, carriedOutOn } = disposal;
  const facts: [string, string | number | null][] = [
    ['Numer protokołu', disposal.id],
    ['Stan', states[state]],
    ['Spis sporządził(a)', `${proposedBy}, ${proposedOn}`],
    [state === 'REJECTED' ? 'Odrzucił(a)' : 'Zatwierdził(a)', decidedBy && `${decidedBy}, ${decidedOn ?? ''}`],
    ['Powód odrzucenia', reasonCode],
    ['Zgoda archiwum państwowego', archiveConsent],
    ['Wykonano', carriedOutOn],
    ['Teczek w spisie', disposal.files],
    ['Zniszczono', disposal.erased],
    ['Zachowano', disposal.kept],
  ];
  return {
    title: 'Protokół brakowania dokumentacji niearchiwalnej',
    paragraphs: [
      'Zniszczenie polega na zniszczeniu klucza, którym zaszyfrowano dane osoby, i na usunięciu treści, indeksów oraz plików. Protokół nie zawiera danych osobowych.',
    ],
    sections: [
      {
        heading: 'Dane protokołu',
        table: {
          columns: ['Pozycja', 'Treść'],
          rows: facts.flatMap(([item, text]) => (text === null ? [] : [[item, String(text)] as const])),
        },
      },
      { heading: 'Według kategorii', table: { columns: ['Kategoria', 'Teczek'], rows: byCategory(files) } },
      {
        heading: 'Spis teczek',
        table: {
          columns: ['Lp.', 'Oznaczenie teczki', 'Kategoria', 'Zamknięta', 'Przechowywana do', 'Wynik'],
          rows: files.map(({ number, personId, category, closedOn, keptUntil, outcome }) => [
            String(number),
            personId,
            category,
            closedOn,
            keptUntil,
            outcome ? outcomes[outcome] : '–',
          ]),
        },
      },
    ],
  };
}

const byCategory = (files: readonly DisposalFileView[]): [string, string][] =>
  [...Map.groupBy(files, ({ category }) => category)]
    .map(([category, its]): [string, string] => [category, String(its.length)])
    .sort(([one], [other]) => one.localeCompare(other, 'pl'));

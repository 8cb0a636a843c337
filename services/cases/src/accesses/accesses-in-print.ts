import type { Role } from '@okienko/chassis/access';
import { dataCategories } from '@okienko/contracts/data-scope';
import type { Printed } from '@okienko/printing/printed';
import type { AccessView } from './accesses.dto';

const when = new Intl.DateTimeFormat('pl-PL', { dateStyle: 'short', timeStyle: 'short', timeZone: 'Europe/Warsaw' });

const roles: Readonly<Record<Role, string>> = {
  desk: 'punkt obsługi',
  coordinator: 'koordynator planów',
  'services-organiser': 'organizator usług',
  'community-organiser': 'organizator społeczności lokalnej',
  director: 'dyrektor',
  finance: 'księgowość',
  provider: 'wykonawca usługi',
  partner: 'system partnerski',
  auditor: 'audytor lub inspektor ochrony danych',
  operator: 'administrator systemu',
};
const acts: Readonly<Record<AccessView['act'], string>> = {
  READ: 'odczyt',
  WRITE: 'zapis lub zmiana',
  SEARCH: 'wyszukanie',
  EXPORT: 'wydanie kopii',
};
const groups: Readonly<Record<string, string>> = {
  ...Object.fromEntries(dataCategories.map(({ code, name }) => [code, name])),
  IDENTITY: 'tożsamość',
  CONTACT: 'kontakt',
  APPLICATION: 'wniosek',
  NEEDS: 'rozpoznanie potrzeb',
  DECISION: 'decyzja',
  PLAN: 'indywidualny plan',
  FEE: 'opłaty',
  PAYMENT: 'wpłaty',
  DOCUMENT: 'pismo',
  FILE: 'załącznik',
  HOUSEHOLD: 'gospodarstwo domowe',
  REPRESENTATION: 'przedstawicielstwo',
  EXTERNAL_CASE: 'sprawa w innym urzędzie',
  HISTORY: 'sprawa sprzed wdrożenia',
  IMPORT: 'przeniesienie danych',
  PROJECT_INDICATORS: 'wskaźniki projektu',
  RETENTION: 'przechowywanie teczki',
  RESTRICTION: 'ograniczenie przetwarzania',
  ERASURE: 'usunięcie danych',
  BREAK_GLASS: 'dostęp wyjątkowy',
  ACCESS_LOG: 'rejestr dostępu',
  EVERYTHING: 'wszystkie dane',
};
const purposes: Readonly<Record<string, string>> = {
  CASE_WORK: 'prowadzenie sprawy',
  COMPLAINT: 'skarga',
  LEGAL_CLAIM: 'roszczenie',
  DATA_SUBJECT_REQUEST: 'żądanie osoby, której dane dotyczą',
  BREAK_GLASS: 'dostęp wyjątkowy z podaniem powodu',
};
/** What has no word in Polish yet is shown as it was written. */
const said = (words: Readonly<Record<string, string>>, code: string): string => words[code] ?? code;

/** Who saw a file, when and what for, as its person reads it (GDPR art. 15). Roles and never accounts: those are the auditor's to know. */
export function accessesInPrint(
  personId: string,
  items: readonly AccessView[],
  hasMore: boolean,
  printedAt: Date,
): Printed {
  return {
    title: 'Kto zaglądał do moich danych',
    paragraphs: [
      `Oznaczenie osoby w systemie: ${personId}. Stan na ${when.format(printedAt)}.`,
      'Każdy odczyt i każda zmiana danych osobowych zostawia wpis: kiedy, w jakiej roli, jakiego rodzaju dane i po co. Treści danych w tym rejestrze nie ma. Wpisy są połączone skrótami, więc usunięcie albo zmiana któregoś wychodzi na jaw.',
      'Jeżeli któryś wpis budzi wątpliwości, można zapytać inspektora ochrony danych centrum albo złożyć skargę do Prezesa Urzędu Ochrony Danych Osobowych (RODO art. 77).',
      ...(hasMore ? [`Pokazano ${items.length} najnowszych wpisów. Starsze centrum wyda na żądanie.`] : []),
    ],
    sections: [
      {
        heading: 'Wpisy, od najnowszego',
        table: {
          columns: ['Kiedy', 'W jakiej roli', 'Co zrobiono', 'Jakie dane', 'W jakim celu', 'Sprawa'],
          rows: items.map(({ at, role, act, fieldGroups, purpose, caseRef }) => [
            when.format(new Date(at)),
            role
              .split(' ')
              .map((one) => said(roles, one))
              .join(', '),
            acts[act],
            fieldGroups.map((group) => said(groups, group)).join(', '),
            said(purposes, purpose),
            caseRef ?? '–',
          ]),
        },
      },
    ],
  };
}

import type { Printed, PrintedEntry, PrintedSection } from '@okienko/printing/printed';

export interface HeldRows {
  readonly table: string;
  readonly rows: readonly Record<string, unknown>[];
}

/** What one service says that it holds. */
export interface Copy {
  readonly madeAt: string;
  readonly held: readonly HeldRows[];
  readonly history?: readonly { readonly type: string; readonly at: string; readonly data: object }[];
  readonly providers?: readonly string[];
  readonly partners?: readonly { readonly partnerId: string; readonly events: number }[];
}

/** The package for machines (`person.json`): its `format` changes when the shape does. */
export interface PersonPackage {
  readonly format: 'okienko.person-package.v1';
  readonly personId: string;
  readonly madeAt: string;
  readonly services: Readonly<Partial<Record<string, Copy>>>;
  /** Services that did not answer, and why: the package is not whole without them. */
  readonly missing: Readonly<Record<string, string>>;
  /** What is held and cannot be found by person. */
  readonly notes: readonly string[];
}

export const isWhole = ({ missing }: PersonPackage): boolean => Object.keys(missing).length === 0;

/** Where a table has no name here, its own is told. */
const headings: Readonly<Record<string, string>> = {
  person: 'Dane osoby',
  person_contact: 'Dane kontaktowe',
  person_merge: 'Scalenie wpisów',
  household_member: 'Gospodarstwo domowe',
  representation: 'Przedstawiciele i opiekunowie',
  application: 'Wnioski',
  waiting_list_entry: 'Lista oczekujących',
  service_place: 'Przyznane miejsca',
  decision: 'Decyzje',
  needs_recognition: 'Rozpoznanie potrzeb',
  plan_need: 'Potrzeba planu',
  individual_plan: 'Indywidualne plany usług społecznych',
  plan_version: 'Wcześniejsze wersje planów',
  plan_contact: 'Kontakty w trakcie planu',
  allocation: 'Przydziały usług',
  referral: 'Skierowania do wykonawców',
  referral_answer: 'Odpowiedzi wykonawców',
  fee: 'Opłaty',
  fee_decision: 'Decyzje o opłatach',
  payment_line: 'Wpłaty',
  issued_document: 'Wydane pisma',
  attached_file: 'Załączone pliki',
  project_participation: 'Udział w projektach',
  past_matter: 'Dawne sprawy',
  external_case: 'Sprawy w innych systemach',
  deadline: 'Terminy',
  recipient: 'Odbiorca wiadomości',
  consent: 'Zgody',
  message: 'Wiadomości',
  message_attempt: 'Próby wysłania',
  message_evidence: 'Dowody doręczenia',
  hand_job: 'Pisma do obsłużenia',
  task: 'Zadania pracowników',
  notice: 'Powiadomienia pracowników',
  service_order: 'Zlecenia usług',
  delivery: 'Realizacje usług',
  complaint: 'Skargi',
  performer: 'Osoba wykonująca usługi',
};

const places: Readonly<Record<string, string>> = {
  cases: 'Sprawy',
  notifications: 'Powiadomienia',
  providers: 'Wykonawcy',
};

/** The same for people. */
export function readable(all: PersonPackage): Printed {
  const missing = Object.keys(all.missing).map((service) => places[service] ?? service);
  return {
    title: 'Wszystkie dane o osobie',
    paragraphs: [
      `Kopia danych osobowych na podstawie art. 15 RODO, sporządzona ${all.madeAt.slice(0, 10)}. Numer osoby: ${all.personId}.`,
      ...(missing.length > 0 ? [`Kopia nie jest pełna. Brakuje danych z: ${missing.join(', ')}.`] : []),
      ...all.notes,
    ],
    sections: Object.entries(all.services).flatMap(([service, copy]) => (copy ? sectionsOf(service, copy) : [])),
  };
}

function sectionsOf(service: string, { held, history = [], providers = [], partners = [] }: Copy): PrintedSection[] {
  const place = places[service] ?? service;
  const told = held
    .filter(({ rows }) => rows.length > 0)
    .map(({ table, rows }) => ({ heading: `${place}: ${headings[table] ?? table}`, entries: rows.map(entryOf) }));
  const listed = (heading: string, list: readonly string[]): PrintedSection[] =>
    list.length > 0 ? [{ heading: `${place}: ${heading}`, list }] : [];
  return [
    ...told,
    ...listed(
      'historia wpisu i sprostowań',
      history.map(({ type, at, data }) => `${at.slice(0, 16).replace('T', ' ')} ${type} ${textOf(data)}`),
    ),
    ...listed('wykonawcy, którzy otrzymali skierowanie', providers),
    ...listed(
      'partnerzy, którym przekazano zdarzenia bez danych osobowych',
      partners.map(({ partnerId, events }) => `${partnerId}: ${events}`),
    ),
  ];
}

function entryOf(row: Record<string, unknown>, index: number): PrintedEntry {
  const texts = Object.entries(row)
    .filter(([, value]) => value !== null && value !== '')
    .map(([name, value]) => `${name}: ${textOf(value)}`);
  return { item: `${index + 1}.`, texts: [texts.join('\n')] };
}

const textOf = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value));

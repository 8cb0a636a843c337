import type { Printed, PrintedSection } from '@okienko/printing/printed';
import type { Proof } from './proofs.dto';

const warsaw = new Intl.DateTimeFormat('pl-PL', {
  dateStyle: 'medium',
  timeStyle: 'medium',
  timeZone: 'Europe/Warsaw',
});
const nothing = '—';
const moment = (at: string | null): string => (at === null ? nothing : warsaw.format(new Date(at)));
const text = (value: string | null): string => value ?? nothing;
const joined = (...parts: readonly (string | null)[]): string => parts.filter((part) => part !== null).join(', ');

/** The proof as an office files it. */
export function proofInPrint(proof: Proof, printedAt: Date): Printed {
  return {
    title: `Dowód doręczenia wiadomości ${proof.messageId}`,
    paragraphs: [`Sporządzono: ${warsaw.format(printedAt)}`],
    sections: [
      about(proof),
      ...addressee(proof),
      content(proof),
      attempts(proof),
      evidence(proof),
      handings(proof),
      tellings(proof),
      digest(proof),
    ],
  };
}

const about = (proof: Proof): PrintedSection => ({
  heading: 'Wiadomość',
  table: {
    columns: ['Dana', 'Wartość'],
    rows: [
      ['Szablon', proof.template],
      ['Reguła', text(proof.rule)],
      ['Rodzaj', proof.standing],
      ['Do kogo', proof.audience],
      ['Osoba', proof.personId],
      ['Adresat', proof.addresseeId],
      ['Przyczyna (zdarzenie)', proof.causeId],
      ['Stan', joined(proof.state, proof.reasonCode)],
      ['Przyjęto do wysłania', moment(proof.queuedAt)],
      ['Zakończono', moment(proof.settledAt)],
      ['Skrót treści (SHA-256)', text(proof.contentSha256)],
    ],
  },
});

const addressee = ({ addressee: to }: Proof): PrintedSection[] => {
  if (!to) return [];
  const lines = [to.name, to.email, to.phone, to.ade, to.postalAddress?.join(', ') ?? null];
  return [{ heading: 'Adresat według danych na dziś', list: lines.filter((line) => line !== null) }];
};

const content = ({ content: said }: Proof): PrintedSection => ({
  heading: 'Treść',
  paragraphs: said ? [said.subject, ...said.text.trim().split(/\n{2,}/)] : [],
});

const attempts = (proof: Proof): PrintedSection => ({
  heading: 'Próby',
  table: {
    columns: ['Kiedy', 'Kanał', 'Wynik', 'Numer'],
    rows: proof.attempts.map(({ at, channel, outcome, code, providerId }) => [
      moment(at),
      channel,
      joined(outcome, code),
      text(providerId),
    ]),
  },
});

const evidence = (proof: Proof): PrintedSection => ({
  heading: 'Dowody nadania i doręczenia',
  table: {
    columns: ['Dzień', 'Kanał', 'Co', 'Numer', 'Zapisano'],
    rows: proof.evidence.map(({ onDay, channel, kind, code, evidenceNo, at, recordedBy }) => [
      onDay,
      channel,
      joined(kind, code),
      text(evidenceNo),
      joined(moment(at), recordedBy),
    ]),
  },
});

const handings = (proof: Proof): PrintedSection => ({
  heading: 'Przekazanie przez pracowników',
  table: {
    columns: ['Kanał', 'Stan', 'Nadano', 'Pierwsze awizo', 'Doręczono'],
    rows: proof.handings.map(({ channel, state, reasonCode, dispatchedOn, noticeLeftOn, receivedOn, receiptBasis }) => [
      channel,
      joined(state, reasonCode),
      text(dispatchedOn),
      text(noticeLeftOn),
      receivedOn === null ? nothing : joined(receivedOn, receiptBasis === 'FICTION' ? 'fikcja doręczenia' : 'odbiór'),
    ]),
  },
});

const tellings = (proof: Proof): PrintedSection => ({
  heading: 'Powiadomienie przez pracownika',
  table: {
    columns: ['Zlecono', 'Stan', 'Prób bez skutku', 'Wynik', 'Kiedy i kto'],
    rows: proof.tellings.map(({ openedAt, state, tries, outcome, completedAt, completedBy }) => [
      moment(openedAt),
      state,
      String(tries),
      text(outcome),
      joined(moment(completedAt), completedBy),
    ]),
  },
});

const digest = ({ sha256 }: Proof): PrintedSection => ({
  heading: 'Skrót dowodu',
  paragraphs: [
    `SHA-256: ${sha256}`,
    "Skrót obejmuje dowód w postaci JSON bez pola sha256: jq -cjS 'del(.sha256)' dowod.json | sha256sum",
  ],
});

type Kind = 'text' | 'lines' | 'number' | 'flag';

/** A field of an offer that travels as an attribute where HSDS has none for it: one attribute a line, in order. */
export interface ProfileField {
  /** Where the offer has it. */
  readonly path: string;
  readonly kind: Kind;
  readonly name: string;
}

const field = (path: string, name: string, kind: Kind = 'text'): ProfileField => ({ path, kind, name });
const languages = { pl: '', 'pl-x-etr': ' (łatwe do czytania)', uk: ' (po ukraińsku)', en: ' (po angielsku)' };
const localised = (path: string, name: string): ProfileField[] =>
  Object.entries(languages).map(([tag, suffix]) => field(`${path}.${tag}`, `${name}${suffix}`));

export const profileFields: readonly ProfileField[] = [
  ...localised('name', 'Nazwa'),
  ...localised('description', 'Opis'),
  ...localised('targetGroup', 'Dla kogo'),
  ...localised('place', 'Miejsce'),
  field('contact.phone', 'Telefon'),
  field('contact.email', 'Adres e-mail'),
  field('contact.url', 'Strona internetowa'),
  field('contact.address', 'Adres'),
  field('details.providerType', 'Rodzaj wykonawcy'),
  field('details.providerName', 'Wykonawca'),
  field('details.programme', 'Program spoza katalogu'),
  field('details.edition', 'Edycja'),
  field('details.status', 'Stan'),
  field('details.timeline', 'Harmonogram'),
  field('details.fundingSource', 'Źródło finansowania'),
  field('details.budget.totalGrosze', 'Budżet w groszach', 'number'),
  field('details.budget.stateGrantGrosze', 'Dotacja państwa w groszach', 'number'),
  field('details.budget.stateSharePercent', 'Udział państwa w procentach', 'number'),
  field('details.feeBasis', 'Podstawa opłaty'),
  field('details.feeDetail', 'O opłacie'),
  field('details.usageLimit', 'Limit korzystania'),
  field('details.maxDuration', 'Najdłuższy czas udzielania'),
  field('details.scope', 'Zakres', 'lines'),
  field('details.isPackage', 'Pakiet usług', 'flag'),
  field('details.packageRule', 'Zasada pakietu'),
  field('details.components', 'Składniki pakietu', 'lines'),
  field('details.variants', 'Odmiany', 'lines'),
  field('details.constraints', 'Zastrzeżenia', 'lines'),
  field('details.requiredDocuments', 'Wymagane dokumenty', 'lines'),
  field('details.applicationChannels', 'Sposoby złożenia wniosku', 'lines'),
  field('details.thirdPartyReport', 'Potrzebę może zgłosić ktoś inny', 'flag'),
  field('details.voluntary', 'Dobrowolność', 'flag'),
  field('details.endReasons', 'Powody zakończenia', 'lines'),
  field('details.detail', 'Szczegóły'),
  field('details.caveat', 'Uwaga o źródle'),
  field('source.url', 'Źródło'),
  field('source.facts', 'Pola podane w źródle', 'lines'),
  field('source.inferred', 'Pola odczytane przez redakcję', 'lines'),
];

const fieldsByPath = new Map(profileFields.map((one) => [one.path, one]));

/** What an offer says under a path, in as many attribute values as it has lines. */
export function valuesAt(content: object, { path }: ProfileField): string[] {
  const value = path
    .split('.')
    .reduce<unknown>((part, step) => (part as Record<string, unknown> | undefined)?.[step], content);
  return value === undefined ? [] : [value].flat().map(String);
}

/** Puts the values of attributes where an offer has them. Only fields of the profile are put anywhere. */
export function putAt(content: Record<string, unknown>, path: string, values: readonly string[]): void {
  const kind = fieldsByPath.get(path)?.kind;
  if (kind === undefined) return;
  const steps = path.split('.');
  const last = steps.pop() as string;
  let part = content;
  for (const step of steps) part = (part[step] ??= {}) as Record<string, unknown>;
  part[last] = kind === 'lines' ? [...values] : parsed(kind, values[0] as string);
}

/** What is no number or yes and no stays as it is, for the rules of an offer to refuse. */
function parsed(kind: Kind, text: string): unknown {
  if (kind === 'number') return text.trim() === '' || Number.isNaN(Number(text)) ? text : Number(text);
  if (kind === 'flag') return text === 'true' ? true : text === 'false' ? false : text;
  return text;
}

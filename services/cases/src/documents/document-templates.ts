import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Day } from '@okienko/contracts/calendar';
import type { Language } from '@okienko/printing/printed';
import { Template, type TemplateKind } from '@okienko/printing/template';
import type { FactsOf, TemplateName } from './document-facts';
import { samples } from './document-samples';

/** Plain Polish, or easy to read (ETR). */
export type DocumentForm = 'STANDARD' | 'ETR';

/** Data with validity dates: a document keeps the words of its day. The text is in `templates/documents/<name>.<form>.v<version>.liquid`. */
export interface TemplateEdition {
  readonly name: TemplateName;
  readonly version: number;
  readonly validFrom: Day;
  readonly validTo: Day | null;
}

export const templateEditions: readonly TemplateEdition[] = [
  { name: 'qualification-notice', version: 1, validFrom: '2020-01-01', validTo: null },
  { name: 'decision-refusal', version: 1, validFrom: '2020-01-01', validTo: null },
  { name: 'decision-part-refusal', version: 1, validFrom: '2020-01-01', validTo: null },
  { name: 'decision-fee', version: 1, validFrom: '2020-01-01', validTo: null },
  { name: 'plan', version: 1, validFrom: '2020-01-01', validTo: null },
  { name: 'plan-summary', version: 1, validFrom: '2020-01-01', validTo: null },
];

export const documentForms: readonly DocumentForm[] = ['STANDARD', 'ETR'];
const languages: Readonly<Record<DocumentForm, Language>> = { STANDARD: 'pl', ETR: 'pl-x-etr' };
const folder = join(__dirname, '..', '..', 'templates', 'documents');

export function templateOn(name: TemplateName, day: Day): TemplateEdition {
  const edition = templateEditions.find(
    (known) => known.name === name && known.validFrom <= day && (known.validTo === null || day <= known.validTo),
  );
  if (!edition) throw new Error(`no template ${name} is valid on ${day}`);
  return edition;
}

export const fileOf = ({ name, version }: TemplateEdition, form: DocumentForm): string =>
  join(folder, `${name}.${form.toLowerCase()}.v${version}.liquid`);

const loaded = new Map<string, Promise<Template<never>>>();

/** Read and tried once; a template that says too little, or asks for what nothing tells, is refused here and not when it prints. */
export function loadTemplate<Name extends TemplateName>(
  edition: TemplateEdition & { readonly name: Name },
  form: DocumentForm,
): Promise<Template<FactsOf[Name]>> {
  const file = fileOf(edition, form);
  const template = loaded.get(file) ?? load(file, edition.name, form);
  loaded.set(file, template);
  template.catch(() => loaded.delete(file));
  return template as unknown as Promise<Template<FactsOf[Name]>>;
}

const load = async (file: string, name: TemplateName, form: DocumentForm): Promise<Template<never>> =>
  Template.load<never>(file, await readFile(file, 'utf8'), languages[form], samples[name] as TemplateKind<never>);

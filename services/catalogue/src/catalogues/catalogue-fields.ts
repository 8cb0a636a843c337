import { isDeepStrictEqual } from 'node:util';

/** How a value looks in the file, and with us. */
interface Form {
  readonly told: string;
  take(value: unknown): unknown;
  give(value: unknown): unknown;
}

/** One field of a catalogue file, and where it lies with us. Dots lead into objects. */
export interface Field {
  readonly field: string;
  readonly path: string;
  readonly form: Form;
}

const asItIs: Form = { told: 'as it is', take: (value) => value, give: (value) => value };
const polish: Form = { ...asItIs, told: 'the Polish text' };
const grosze: Form = {
  told: 'złoty → integer grosze',
  take: (value) => Math.round(Number(value) * 100),
  give: (value) => Number(value) / 100,
};

const to = (field: string, path: string, form: Form = asItIs): Field => ({ field, path, form });

const details = [
  'providerType',
  'providerName',
  'programme',
  'edition',
  'status',
  'timeline',
  'fundingSource',
  'feeBasis',
  'feeDetail',
  'usageLimit',
  'maxDuration',
  'scope',
  'isPackage',
  'packageRule',
  'components',
  'variants',
  'constraints',
  'requiredDocuments',
  'applicationChannels',
  'thirdPartyReport',
  'voluntary',
  'endReasons',
  'detail',
  'caveat',
] as const;

/** Of a service, into the content of its offer. */
export const serviceFields: readonly Field[] = [
  to('namePl', 'name.pl', polish),
  to('areas', 'areas'),
  to('legalTrack', 'legalTrack'),
  to('feeRule', 'feeRule'),
  to('targetGroup', 'targetGroup.pl', polish),
  to('place', 'place.pl', polish),
  ...details.map((name) => to(name, `details.${name}`)),
  to('budget.totalPln', 'details.budget.totalGrosze', grosze),
  to('budget.stateGrantPln', 'details.budget.stateGrantGrosze', grosze),
  to('budgetStateSharePct', 'details.budget.stateSharePercent'),
  to('sourceUrl', 'source.url'),
];

/** Of an office, into its content. */
export const officeFields: readonly Field[] = [
  to('namePl', 'name.pl', polish),
  to('terc', 'terc'),
  to('mode', 'mode'),
  to('predecessor', 'predecessor'),
  to('address', 'address'),
  to('population', 'population'),
  to('startDate', 'startedOn'),
  to('startPlanned', 'startPlannedOn'),
  to('resolution', 'resolution'),
  to('statuteAreas', 'areas'),
  to('procedure', 'procedure'),
  to('applicationFields', 'applicationFields'),
  to('project.name', 'project.name'),
  to('project.fund', 'project.fund'),
  to('project.totalPln', 'project.totalGrosze', grosze),
  to('project.cofinancingPln', 'project.cofinancingGrosze', grosze),
  to('project.cofinancingPct', 'project.cofinancingPercent'),
  to('project.endDate', 'project.endsOn'),
  to('project.structure', 'project.structure'),
  to('project.precision', 'project.precision'),
  to('programme.name', 'programme.name'),
  to('programme.period', 'programme.period'),
  to('programme.consultations', 'programme.consultations'),
  to('programme.councilSession', 'programme.councilSession'),
  to('programme.services', 'programme.serviceCount'),
  to('extra', 'remarks'),
  to('source', 'source.references'),
  to('catalogueStatus', 'source.completeness'),
];

type Tree = Record<string, unknown>;

/** A copy as it would come back from the database. */
const plain = (content: object): unknown => JSON.parse(JSON.stringify(content));

export const isSame = (one: object, other: object): boolean => isDeepStrictEqual(plain(one), plain(other));

const stepsOf = (path: string): string[] => path.split('.');

const at = (tree: object, path: string): unknown =>
  stepsOf(path).reduce<unknown>((part, step) => (part as Tree | undefined)?.[step] ?? undefined, tree);

function put(tree: Tree, [step = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) tree[step] = value;
  else put((tree[step] ??= {}) as Tree, rest, value);
}

/** Takes it away, and what it leaves empty with it. */
function remove(tree: Tree, [step = '', ...rest]: readonly string[]): void {
  const part = tree[step] as Tree | undefined;
  if (part === undefined) return;
  if (rest.length > 0) remove(part, rest);
  if (rest.length === 0 || Object.keys(part).length === 0) delete tree[step];
}

/** Where a field lies as a whole: a text in all its languages, an object with all of its parts. */
const wholeOf = ({ field, path }: Field): [field: string, path: string] => {
  const [whole = '', ...parts] = stepsOf(field);
  const steps = stepsOf(path.replace(/\.pl$/, ''));
  return [whole, steps.slice(0, steps.length - parts.length).join('.')];
};

export interface Provenance {
  readonly facts: readonly string[];
  readonly inferred: readonly string[];
}

/** The record of a file as the content that it makes of `base`, in which what no file tells of stays as it is. */
export function take<Content extends object>(
  record: { readonly fact: readonly string[]; readonly inferred: readonly string[] },
  fields: readonly Field[],
  base: object,
): Content {
  const content = plain(base) as Tree;
  for (const { field, path, form } of fields) {
    const value = at(record, field);
    if (value === undefined) remove(content, stepsOf(path.replace(/\.pl$/, '')));
    else put(content, stepsOf(path), form.take(value));
  }
  const paths = new Map(fields.map(wholeOf));
  const ours = new Set(paths.values());
  const said = (names: readonly string[], list: keyof Provenance): string[] => [
    ...names.map((name) => paths.get(name) ?? name),
    ...((at(base, `source.${list}`) ?? []) as string[]).filter((path) => !ours.has(path)),
  ];
  put(content, ['source', 'facts'], said(record.fact, 'facts'));
  put(content, ['source', 'inferred'], said(record.inferred, 'inferred'));
  return content as Content;
}

/** The content as the record of a file. What a file has no field for is left out. */
export function give(content: object, fields: readonly Field[]): Tree & { fact: string[]; inferred: string[] } {
  const record: Tree = {};
  for (const { field, path, form } of fields) {
    const value = at(content, path);
    if (value !== undefined) put(record, stepsOf(field), form.give(value));
  }
  const names = new Map(fields.map(wholeOf).map(([field, path]) => [path, field]));
  const said = (list: keyof Provenance): string[] =>
    ((at(content, `source.${list}`) ?? []) as string[]).flatMap((path) => names.get(path) ?? []);
  return { ...record, fact: said('facts'), inferred: said('inferred') };
}

/** What `fact` and `inferred` may name. */
export const namesOf = (fields: readonly Field[]): string[] => [...new Set(fields.map((field) => wholeOf(field)[0]))];

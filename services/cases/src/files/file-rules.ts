import { type Day, editionOn } from '@okienko/contracts/calendar';
import { DomainError } from '@okienko/contracts/domain-error';

/** What may be put into a case file. The office may change it: data with validity dates. */
export interface FileRules {
  readonly validFrom: Day;
  readonly mostBytes: number;
  /** Media types, each with the endings that its names may have (formats of KRI 2024 § 18). */
  readonly endings: Readonly<Record<string, readonly string[]>>;
}

/** Newest first. */
const history: readonly [...FileRules[], FileRules] = [
  {
    validFrom: '2020-01-01',
    mostBytes: 10 * 1024 * 1024,
    endings: {
      'application/pdf': ['pdf'],
      'image/jpeg': ['jpg', 'jpeg'],
      'image/png': ['png'],
      'image/tiff': ['tif', 'tiff'],
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document': ['docx'],
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['xlsx'],
      'application/vnd.oasis.opendocument.text': ['odt'],
      'application/vnd.oasis.opendocument.spreadsheet': ['ods'],
    },
  },
];

export const fileRulesOn = (day: Day): FileRules => editionOn(history, day);

export class FileTypeNotAllowed extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'file-type-not-allowed';
  override readonly basis = 'KRI 2024 § 18';
  constructor({ endings }: FileRules) {
    super(`By its content this is none of the files that are taken: ${Object.values(endings).flat().join(', ')}.`);
  }
}

export class FileNameMisleads extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'file-name-misleads';
  constructor(endings: readonly string[]) {
    super(`By its content the name of this file must end in .${endings.join(' or .')}.`);
  }
}

/** The type is what the content says; the name may not say otherwise. */
export function assertAllowed(
  rules: FileRules,
  mediaType: string | undefined,
  name: string,
): asserts mediaType is string {
  const endings = mediaType === undefined ? undefined : rules.endings[mediaType];
  if (!endings) throw new FileTypeNotAllowed(rules);
  if (!endings.some((ending) => name.toLowerCase().endsWith(`.${ending}`))) throw new FileNameMisleads(endings);
}

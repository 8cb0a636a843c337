/** Records for specs: an office, and a service of a law other than the Act's programme. */
export const exampleOfficeRecord = <Changes extends object>(changes: Changes = {} as Changes) => ({
  id: 'cus-przyklad',
  namePl: 'Centrum Usług Społecznych w Przykładzie',
  terc: '2861011' as string | null,
  mode: 'TRANSFORMED_OPS',
  source: ['https://cus.example.pl/'],
  catalogueStatus: 'PARTIAL',
  fact: ['namePl'],
  inferred: ['mode'],
  ...changes,
});

export const exampleServiceRecord = <Changes extends object>(changes: Changes = {} as Changes) => ({
  id: 'cus-przyklad--01',
  officeId: 'cus-przyklad',
  namePl: 'Usługi opiekuńcze',
  areas: ['pomoc-spoleczna'],
  legalTrack: 'SOCIAL_ASSISTANCE_DECISION',
  feeRule: 'UNKNOWN',
  sourceUrl: 'https://cus.example.pl/uslugi',
  fact: ['namePl'],
  inferred: ['areas', 'legalTrack', 'feeRule'],
  ...changes,
});

import { type SealedPlace, sealedIn } from '@okienko/privacy/sealed-places';

/** What becomes of a sealed column when its person is erased. */
export interface ErasablePlace extends SealedPlace {
  /**
   * Emptied, where the row may not be without it or its state says that something was there; taken out elsewhere. What is sealed under no
   * person's key goes in other ways (`otherBytes`).
   */
  readonly erased?: 'emptied' | 'dropped';
  /** The rows of the persons whose ids are `$1`. */
  readonly where: string;
}

type Differences = Parameters<typeof sealedIn>[2] & { readonly where?: string };

const placesThatAre =
  (erased?: 'emptied' | 'dropped') =>
  (table: string, columns: readonly string[], { where, ...differences }: Differences = {}): ErasablePlace[] =>
    sealedIn(table, columns, differences).map((place) => ({
      ...place,
      ...(erased && { erased }),
      where: where ?? `${place.owner.replace(/^t\./, '')} = any ($1)`,
    }));
const emptied = placesThatAre('emptied');
const dropped = placesThatAre('dropped');
const ofNoPerson = placesThatAre();

// The plan tells whose, and an erasure finds the rows by the plans, not each row its plan.
const ofPlan = {
  owner: '(select p.person_id from individual_plan p where p.id = t.plan_id)',
  where: 'plan_id in (select id from individual_plan where person_id = any ($1))',
};
const textsOfPlan = { table: 'individual_plan', column: 'texts' };

/** The register of all that is sealed under the keys of people, and of imports and payments until it is known whose they are. */
export const sealedPlaces: readonly ErasablePlace[] = [
  ...emptied('person', ['given_name', 'family_name'], { owner: 't.id' }),
  ...dropped('person', ['identifier', 'birth_date'], { owner: 't.id' }),
  ...emptied('person_contact', ['contact'], { owner: 't.id' }),
  ...emptied('person_merge', ['reason', 'reversal_reason'], {
    owner: 't.survivor_id',
    where: 'survivor_id = any ($1) or duplicate_id = any ($1)',
  }),
  ...dropped('representation', ['ruling']),
  ...dropped('application', ['facts', 'missing']),
  ...emptied('decision', ['reasons']),
  ...emptied('needs_recognition', ['sections']),
  ...emptied('individual_plan', ['texts']),
  ...emptied('individual_plan', ['open_update_texts'], { sealedFor: textsOfPlan }),
  ...dropped('individual_plan', ['closing_note', 'description']),
  ...emptied('plan_version', ['texts'], {
    ...ofPlan,
    key: { plan_id: 'uuid', plan_version: 'int' },
    rowId: 't.plan_id::text',
    sealedFor: textsOfPlan,
  }),
  ...dropped('plan_contact', ['note'], ofPlan),
  ...emptied('plan_need', ['reason']),
  ...dropped('allocation', ['words']),
  ...emptied('fee', ['words']),
  ...ofNoPerson('payment_line', ['details'], { owner: 't.id' }),
  ...emptied('issued_document', ['particulars', 'pdf', 'html']),
  ...emptied('attached_file', ['name']),
  ...emptied('project_participation', ['entry_indicators', 'exit_indicators', 'later_indicators']),
  ...ofNoPerson('import_row', ['content'], {
    key: { import_id: 'uuid', row: 'int' },
    owner: 't.import_id',
    rowId: "t.import_id || '/' || t.row",
  }),
  ...emptied('past_matter', ['words']),
  ...emptied('external_case', ['particulars']),
  ...emptied('break_glass', ['reason', 'note']),
];

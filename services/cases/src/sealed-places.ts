import { sealedIn } from '@okienko/privacy/sealed-places';

const ofPlan = '(select p.person_id from individual_plan p where p.id = t.plan_id)';

/** All that is sealed under the keys of people, and of imports and payments until it is known whose they are. */
export const sealedPlaces = [
  ...sealedIn('person', ['identifier', 'given_name', 'family_name', 'birth_date'], { owner: 't.id' }),
  ...sealedIn('person_contact', ['contact'], { owner: 't.id' }),
  ...sealedIn('person_merge', ['reason', 'reversal_reason'], { owner: 't.survivor_id' }),
  ...sealedIn('representation', ['ruling']),
  ...sealedIn('application', ['facts', 'missing']),
  ...sealedIn('decision', ['reasons']),
  ...sealedIn('needs_recognition', ['sections']),
  ...sealedIn('individual_plan', ['texts', 'closing_note', 'description']),
  ...sealedIn('individual_plan', ['open_update_texts'], { sealedFor: { table: 'individual_plan', column: 'texts' } }),
  ...sealedIn('plan_version', ['texts'], {
    key: { plan_id: 'uuid', plan_version: 'int' },
    owner: ofPlan,
    rowId: 't.plan_id::text',
    sealedFor: { table: 'individual_plan', column: 'texts' },
  }),
  ...sealedIn('plan_contact', ['note'], { owner: ofPlan }),
  ...sealedIn('plan_need', ['reason']),
  ...sealedIn('allocation', ['words']),
  ...sealedIn('fee', ['words']),
  ...sealedIn('payment_line', ['details'], { owner: 't.id' }),
  ...sealedIn('issued_document', ['particulars', 'pdf', 'html']),
  ...sealedIn('attached_file', ['name']),
  ...sealedIn('project_participation', ['entry_indicators', 'exit_indicators', 'later_indicators']),
  ...sealedIn('import_row', ['content'], {
    key: { import_id: 'uuid', row: 'int' },
    owner: 't.import_id',
    rowId: "t.import_id || '/' || t.row",
  }),
  ...sealedIn('past_matter', ['words']),
  ...sealedIn('external_case', ['particulars']),
  ...sealedIn('break_glass', ['reason', 'note']),
];

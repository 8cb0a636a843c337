import { heldIn } from '@okienko/privacy/held';

const own = 't.id = any ($1::uuid[])';
const theirs = (column: string, table: string): string =>
  `t.${column} in (select o.id from ${table} o where o.person_id = any ($1::uuid[]))`;

const ofItems = `t.item_id in (select (i ->> 'id')::uuid from application o, jsonb_array_elements(o.items) i
  where o.person_id = any ($1::uuid[]))`;

/** All that this service holds about a person. Who looked at it is told by the access log. */
export const held = [
  heldIn('person', own, ['identifier_index']),
  heldIn('person_contact', own),
  heldIn('person_merge', '(t.survivor_id = any ($1::uuid[]) or t.duplicate_id = any ($1::uuid[]))', [
    'moved_identifier',
  ]),
  heldIn('household_member'),
  heldIn('representation', '(t.person_id = any ($1::uuid[]) or t.representative_id = any ($1::uuid[]))'),
  heldIn('application', '(t.person_id = any ($1::uuid[]) or t.applicant_person_id = any ($1::uuid[]))'),
  heldIn('waiting_list_entry'),
  heldIn('service_place'),
  heldIn('decision'),
  heldIn('needs_recognition'),
  heldIn('plan_need'),
  heldIn('individual_plan'),
  heldIn('plan_version', theirs('plan_id', 'individual_plan')),
  heldIn('plan_contact', theirs('plan_id', 'individual_plan')),
  heldIn('allocation'),
  heldIn('referral', theirs('allocation_id', 'allocation')),
  heldIn('referral_answer', theirs('allocation_id', 'allocation')),
  heldIn('fee'),
  heldIn('fee_decision', theirs('fee_id', 'fee')),
  heldIn('payment_line', theirs('fee_id', 'fee')),
  heldIn('delivered_unit', ofItems),
  heldIn('unsettled_item', ofItems),
  heldIn('issued_document', undefined, ['pdf', 'html']),
  heldIn('attached_file'),
  heldIn('project_participation'),
  heldIn('past_matter'),
  heldIn('external_case', undefined, ['number_index']),
  heldIn('break_glass'),
  heldIn('legal_hold'),
  heldIn('erasure_request'),
  heldIn('disposal_file'),
  heldIn('deadline'),
  heldIn('imported', 't.subject_id = any ($1::uuid[])', ['digest']),
];

import { heldIn } from '@okienko/privacy/held';

const toOrAbout = '(t.person_id = any ($1::uuid[]) or t.addressee_id = any ($1::uuid[]))';
const ofMessages = `t.message_id in (select m.id from message m where m.person_id = any ($1::uuid[]))`;

/** All that this service holds about a person. Who looked at it is told by the access log. */
export const held = [
  heldIn('recipient'),
  heldIn('merged_record', '(t.person_id = any ($1::uuid[]) or t.survivor_id = any ($1::uuid[]))'),
  heldIn('representative', '(t.person_id = any ($1::uuid[]) or t.representative_id = any ($1::uuid[]))'),
  heldIn('silenced_person'),
  heldIn('restricted_person'),
  heldIn('consent'),
  heldIn('message', toOrAbout, ['content_hash']),
  heldIn('message_attempt', ofMessages),
  heldIn('message_evidence', ofMessages),
  heldIn('digest_item', toOrAbout),
  heldIn('hand_job'),
  heldIn('task'),
  heldIn('notice'),
];

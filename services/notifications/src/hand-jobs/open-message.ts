import type { Sql } from '@okienko/privacy/sql';

/**
 * Whether message `m` of job `j` is still to be told this way: neither settled nor on another way, and no record of its person is that of
 * somebody who died.
 */
export const isOpen = `(m.state in ('QUEUED', 'IN_HANDS') and m.channels ->> m.channel_at = j.channel)`;
export const isSilenced = `exists (
  select from silenced_person s left join merged_record dead on dead.person_id = s.person_id
    left join merged_record own on own.person_id = j.person_id
  where not s.is_lifted and coalesce(dead.survivor_id, s.person_id) = coalesce(own.survivor_id, j.person_id))`;

/** The law's or the rule's word, as the message keeps it. */
export interface HandedMessage {
  readonly personId: string;
  readonly matterId: string;
  readonly isProofNeeded: boolean;
}

/** Locked, so that it is put into hands once. What the law wants told has to be proved. */
export async function messageToHand(sql: Sql, messageId: string): Promise<HandedMessage | undefined> {
  const [message] = await sql.query<HandedMessage>(
    `select person_id as "personId", coalesce(matter_id, id) as "matterId", standing = 'LEGAL' as "isProofNeeded"
     from message where id = $1 for update`,
    [messageId],
  );
  return message;
}

export async function mayBeTold(sql: Sql, jobId: string): Promise<boolean> {
  const found = await sql.query(
    `select from hand_job j join message m on m.id = j.message_id where j.id = $1 and ${isOpen} and not ${isSilenced}`,
    [jobId],
  );
  return found.length > 0;
}

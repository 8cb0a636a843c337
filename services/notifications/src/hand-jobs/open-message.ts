import type { Sql } from '@okienko/privacy/sql';
import { MessageSettled } from './hand-job-errors';

/** Whether message `m` of job `j` is still to be told this way: neither settled nor on another one. */
export const isOpen = `(m.state in ('QUEUED', 'IN_HANDS') and m.channels ->> m.channel_at = j.channel)`;

/** Whether a record of the person of message `m` is that of somebody who died. */
export const isSilenced = `exists (
  select from (select coalesce((select survivor_id from merged_record where person_id = m.person_id), m.person_id) as id) as going
    cross join lateral (
      select going.id union all select person_id from merged_record where survivor_id = going.id) as record
    join silenced_person s on s.person_id = record.id and not s.is_lifted)`;

export interface HandedMessage {
  readonly personId: string;
  readonly matterId: string;
  /** As the edition of the rule said that made the message. */
  readonly isProofNeeded: boolean;
}

/** Locked, so that it is put into hands once. */
export async function messageToHand(sql: Sql, messageId: string): Promise<HandedMessage | undefined> {
  const [message] = await sql.query<HandedMessage>(
    `select m.person_id as "personId", coalesce(m.matter_id, m.id) as "matterId",
       coalesce((select (e.content ->> 'needsProof')::boolean from message_rule r
         join message_rule_edition e on e.rule_id = r.id and e.edition = coalesce(m.edition, 1)
         where r.code = m.rule), false) as "isProofNeeded"
     from message m where m.id = $1 for update of m`,
    [messageId],
  );
  return message;
}

/** What has become of the message of a job. */
export async function standOf(
  sql: Sql,
  jobId: string,
): Promise<{ readonly isOpen: boolean; readonly isSilenced: boolean }> {
  const [found] = await sql.query<{ isOpen: boolean; isSilenced: boolean }>(
    `select ${isOpen} as "isOpen", ${isSilenced} as "isSilenced"
     from hand_job j join message m on m.id = j.message_id where j.id = $1`,
    [jobId],
  );
  return found ?? { isOpen: false, isSilenced: false };
}

export async function assertMayBeTold(sql: Sql, jobId: string): Promise<void> {
  const stand = await standOf(sql, jobId);
  if (!stand.isOpen || stand.isSilenced) throw new MessageSettled();
}

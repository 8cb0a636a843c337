const instant = (column: string): string => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const all = (table: string, order: string, fields: string): string =>
  `coalesce((select jsonb_agg(jsonb_build_object(${fields}) order by ${order}) from ${table} where message_id = m.id), '[]')`;

const attempts = all(
  'message_attempt',
  'at, channel, attempt',
  `'channel', channel, 'attempt', attempt, 'at', ${instant('at')}, 'outcome', outcome, 'code', code, 'providerId', provider_id`,
);
const evidence = all(
  'message_evidence',
  'at, kind, channel',
  `'channel', channel, 'kind', kind, 'onDay', on_day, 'at', ${instant('at')}, 'evidenceNo', evidence_no, 'code', code,
   'recordedBy', recorded_by`,
);
const handings = all(
  'hand_job',
  'id',
  `'channel', channel, 'state', state, 'isProofNeeded', is_proof_needed, 'putAt', ${instant('put_at')},
   'dispatchedOn', dispatched_on, 'evidenceNo', evidence_no, 'noticeLeftOn', notice_left_on, 'receivedOn', received_on,
   'receiptBasis', receipt_basis, 'reasonCode', reason_code, 'collectedBy', collected_by`,
);
const tellings = all(
  'task',
  'id',
  `'openedAt', ${instant('opened_at')}, 'state', state, 'tries', tries, 'outcome', outcome,
   'completedAt', ${instant('completed_at')}, 'completedBy', completed_by`,
);

/** Of message `$1`; moments as texts, so that the digest of the whole does not hang on who reads them. */
export const factsOfMessage = `
  select m.id as "messageId", m.cause_id as "causeId", m.person_id as "personId",
    coalesce(m.addressee_id, m.person_id) as "addresseeId", m.rule, m.audience, m.standing, m.template, m.state,
    m.reason_code as "reasonCode", ${instant('m.queued_at')} as "queuedAt", ${instant('m.settled_at')} as "settledAt",
    encode(m.content_hash, 'hex') as "contentSha256", ${attempts} as attempts, ${evidence} as evidence,
    ${handings} as handings, ${tellings} as tellings
  from message m where m.id = $1`;

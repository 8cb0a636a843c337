import { Injectable } from '@nestjs/common';
import type { Sql } from '@okienko/privacy/sql';
import { recordsOf } from '../recipients/recipients.queries';
import type { Audience } from './message';

/** What is known of an event before anybody is told: whether there is somebody to tell, and whom it was told already. */
export interface Told {
  readonly isSilent: boolean;
  readonly isWithdrawn: boolean;
  has(
    rule: { readonly code: string; readonly template: string; readonly audience: Audience },
    addresseeId: string | null,
  ): boolean;
}

interface Row {
  readonly isSilent: boolean;
  readonly isWithdrawn: boolean;
  readonly messages: readonly string[];
  readonly tasks: readonly string[];
}

// The person's own message is one, whoever took their letters at the time.
const about = `
  select exists (select from silenced_person where person_id in (${recordsOf}) and not is_lifted) as "isSilent",
    exists (select from matter where id = any($3) and is_withdrawn) as "isWithdrawn",
    array(
      select concat_ws(' ', coalesce(rule, template), audience, case audience when 'PERSON' then null else addressee_id end)
      from message where cause_id = $2 and person_id = $1
      union all
      select concat_ws(' ', rule, audience, case audience when 'PERSON' then null else addressee_id end)
      from digest_item where cause_id = $2 and person_id = $1
    ) as messages,
    array(select concat_ws(' ', template, person_id) from task where cause_id = $2) as tasks`;

@Injectable()
export class ToldQueries {
  async about(sql: Sql, causeId: string, personId: string, matters: readonly string[]): Promise<Told> {
    const [row] = await sql.query<Row>(about, [personId, causeId, matters]);
    const { isSilent, isWithdrawn, messages, tasks } = row as Row;
    return {
      isSilent,
      isWithdrawn,
      has({ code, template, audience }, addresseeId) {
        const whose = audience === 'PERSON' ? null : addresseeId;
        const message = [code, audience, ...(whose === null ? [] : [whose])].join(' ');
        return messages.includes(message) || tasks.includes(`${template} ${whose ?? personId}`);
      },
    };
  }
}

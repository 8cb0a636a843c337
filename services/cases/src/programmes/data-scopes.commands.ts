import type { Work } from '@okienko/messaging/unit-of-work';

/** What the programmes of an application list: of each item the edition that it was qualified under, or else the one in force. */
export async function dataScopeOf({ query }: Pick<Work, 'query'>, applicationId: string): Promise<string[]> {
  const rows = await query<{ category: string }>(
    `select distinct unnest(s.categories) as category
     from application a
     cross join jsonb_to_recordset(a.items) i ("programmeId" uuid, "programmeVersion" int)
     join programme p on p.id = i."programmeId"
     join programme_data_scope s on s.programme_id = p.id
       and s.programme_version = coalesce(i."programmeVersion", p.programme_version)
     where a.id = $1`,
    [applicationId],
  );
  return rows.map(({ category }) => category);
}

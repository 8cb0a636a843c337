import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Filters, areas of grants, the order in which events came, and what partners ask of their subscriptions. */
export class SubscriptionsAsAsked1795800100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of steps) await runner.query(sql);
  }

  async down(): Promise<void> {
    throw new Error(
      'Filters and areas would be forgotten and partners get more than they may; restore the backup instead.',
    );
  }
}

const steps: readonly string[] = [
  `alter table partner_grant add column gminas jsonb not null default '[]', add column purpose text not null default ''`,
  `alter table subscription add column filters jsonb not null default '[]', add column secret_version int not null default 1,
     add column earlier_secret_until timestamptz, add column acknowledged int not null default 0,
     add column failures int not null default 0, add column broken_since timestamptz, add column probe_at timestamptz`,
  // The order of arrival, which about one subject is the order of its history.
  `alter table feed_event add column position bigint generated always as identity`,
  `create unique index feed_event_in_order on feed_event (position)`,
  // The one meaning of filters, for what comes and for trials alike (CloudEvents Subscriptions API, 3.2.4). What an event has not fits nothing.
  `create function event_matches(filters jsonb, event jsonb) returns boolean language plpgsql immutable as $$
   declare
     filter jsonb;
     dialect text;
     argument jsonb;
     fits boolean;
   begin
     for filter in select jsonb_array_elements(filters) loop
       select key, value into dialect, argument from jsonb_each(filter);
       if dialect = 'all' then fits := event_matches(argument, event);
       elsif dialect = 'any' then
         select bool_or(event_matches(jsonb_build_array(one), event)) into fits from jsonb_array_elements(argument) one;
       elsif dialect = 'not' then fits := not event_matches(jsonb_build_array(argument), event);
       else
         select bool_and(coalesce(case dialect
             when 'exact' then actual = wanted
             when 'prefix' then starts_with(actual, wanted)
             when 'suffix' then right(actual, length(wanted)) = wanted
           end, false)) into fits
         from (select event #>> string_to_array(key, '.') as actual, value as wanted from jsonb_each_text(argument)) attributes;
       end if;
       if not fits then return false; end if;
     end loop;
     return true;
   end $$`,
];

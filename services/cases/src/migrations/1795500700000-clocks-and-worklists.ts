import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = [
  // What an event could not carry would stay untold for ever, with all that is due after it.
  `alter table deadline add constraint may_be_told
     check (kind ~ '^[A-Z][A-Z0-9_]{0,63}$' and basis ~ '^[ -~\\u00a0-\\u024f\\u2013]{1,100}$')`,
  // What is to be told next, of all units.
  `create index deadline_to_tell on deadline
     ((case told when 'NOTHING' then warn_on when 'APPROACHING' then due_on else due_on + 1 end), id)
   where ended_at is null and told <> 'MISSED'`,
  `create index deadline_overdue on deadline (kind) where ended_at is null and told = 'MISSED'`,
  // Worklists, in their order; the last two columns so that a bucket is found and counted in the index alone.
  `create index worklist_of_unit on deadline (unit, due_on, id, awaited, warn_on) where ended_at is null`,
  `create index worklist_of_assignee on deadline (unit, assignee, due_on, id, awaited, warn_on) where ended_at is null`,
  `create table meeting (
     id uuid primary key,
     version int not null,
     unit text not null,
     terc text not null,
     held_on date not null,
     coordinators jsonb not null,
     provider_ids jsonb not null,
     recorded_by text not null
   )`,
  `create index meeting_by_unit on meeting (unit, id)`,
  `create index meeting_by_day on meeting (unit, held_on)`,
  `create table plans_summary (
     id uuid primary key,
     version int not null,
     unit text not null,
     terc text not null,
     half_year text not null,
     figures jsonb not null,
     generated_by text not null,
     generated_at timestamptz not null,
     constraint one_summary_of_a_half_year unique (unit, half_year)
   )`,
  `create index plans_summary_by_unit on plans_summary (unit, id)`,
  // An allocation forgets who declined it once it is referred again; figures must not.
  `create table referral_answer (
     allocation_id uuid not null references allocation,
     attempt int not null,
     provider_id uuid not null,
     unit text not null,
     terc text not null,
     is_accepted boolean not null,
     answered_on date not null,
     primary key (allocation_id, attempt)
   )`,
  `create index referral_answer_by_unit on referral_answer (unit, answered_on)`,
  `create function keep_referral_answer() returns trigger language plpgsql as $$
   begin
     insert into referral_answer (allocation_id, attempt, provider_id, unit, terc, is_accepted, answered_on)
     values (new.id, new.attempt, new.provider_id, new.unit, new.terc, new.state <> 'DECLINED', (now() at time zone 'Europe/Warsaw')::date)
     on conflict do nothing;
     return null;
   end $$`,
  `create trigger referral_is_answered after update of state on allocation for each row
   when (old.state = 'REFERRED' and new.state in ('ACCEPTED', 'DECLINED', 'IN_DELIVERY', 'COMPLETED') and new.order_id is not null)
   execute function keep_referral_answer()`,
];

/** What deadlines are told and listed by, and what the organiser's figures are made of. Earlier versions of the service leave it alone. */
export class ClocksAndWorklists1795500700000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of statements) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop trigger referral_is_answered on allocation');
    await runner.query('drop function keep_referral_answer');
    await runner.query('drop table referral_answer, plans_summary, meeting');
    await runner.query('alter table deadline drop constraint may_be_told');
    await runner.query('drop index deadline_to_tell, deadline_overdue, worklist_of_unit, worklist_of_assignee');
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = [
  // A single service needs no plan: what it hangs on then is the application.
  `alter table allocation
     alter column plan_id drop not null,
     add column application_id uuid references application,
     add column words bytea,
     add column answer_by date,
     add column wished_provider_id uuid,
     add column suspensions jsonb not null default '[]',
     add column ended_on date,
     add column end_reason text,
     add column decision_number text,
     add constraint hangs_on_plan_or_application check ((plan_id is null) <> (application_id is null)),
     add constraint nothing_taken_away_without_decision
       check (end_reason not in ('BREACH', 'LIMIT_USED') or decision_number is not null)`,
  // A service that has ended may be granted anew.
  `alter table allocation drop constraint if exists one_allocation_per_item`,
  `create unique index one_running_allocation_per_item on allocation (item_id)
   where state not in ('COMPLETED', 'RESIGNED', 'TERMINATED')`,
  `create index allocation_by_application on allocation (application_id, id) where application_id is not null`,
  `create index allocation_by_person on allocation (person_id, provider_id) where started_on is not null`,
  `create unique index one_allocation_of_an_order on allocation (order_id) where order_id is not null`,
  `create index allocation_awaiting_answer on allocation (answer_by) where state = 'REFERRED'`,
  `create index allocation_referred_to on allocation (offer_id, provider_id) where state = 'REFERRED'`,
  // Who was asked, why, and what came of it.
  `create table referral (
     allocation_id uuid not null,
     attempt int not null,
     provider_id uuid not null,
     chosen_by text not null check (chosen_by in ('PLAN', 'HAND', 'RULE')),
     ranking jsonb,
     referred_on date not null,
     answer_by date not null,
     outcome text check (outcome in ('ACCEPTED', 'DECLINED', 'LAPSED', 'WITHDRAWN')),
     ended_on date,
     primary key (allocation_id, attempt),
     constraint concluded_on_a_day check ((outcome is null) = (ended_on is null)),
     constraint rule_with_its_reasons check (chosen_by <> 'RULE' or ranking is not null)
   )`,
  // Places are open for a period; of those told before this version it is not known until the copy is rebuilt.
  `alter table capacity add column first_day date, add column last_day date`,
];

/** Allocations with all that may become of them (Act D.2), referrals with their reasons, services used without a plan. */
export class AllocationsOfTheAct1795500500000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of statements) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table referral');
  }
}

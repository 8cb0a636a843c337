import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What else becomes of a requested service, and which applications came of reports of needs. */
export class ApplicationsAsAWhole1795500200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(states('LEFT_UNEXAMINED', 'FORWARDED', 'DISCONTINUED'));
    // A copy of what `cases` says; the report itself is settled by a worker, so that the copy can be made anew.
    await runner.query(
      'create table need_report_application (application_id uuid primary key, need_report_id uuid not null)',
    );
    await runner.query('create index need_report_application_by_report on need_report_application (need_report_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table need_report_application');
    await runner.query(states());
  }
}

const states = (...more: readonly string[]): string => {
  const known = ['SUBMITTED', 'WAITLISTED', 'QUALIFIED', 'REFUSAL_PENDING', 'REFUSED', 'WITHDRAWN', ...more];
  return `alter table application_item_copy drop constraint application_item_copy_state_check,
    add constraint application_item_copy_state_check check (state in (${known.map((state) => `'${state}'`).join(', ')}))`;
};

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A refusal that is appealed against is still one, and may yet be gone. */
export class AppealsOfApplications1795501000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(states('APPEALED'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(states());
  }
}

const states = (...more: readonly string[]): string => {
  const decided = ['SUBMITTED', 'WAITLISTED', 'QUALIFIED', 'REFUSAL_PENDING', 'REFUSED'];
  const gone = ['LEFT_UNEXAMINED', 'FORWARDED', 'WITHDRAWN', 'DISCONTINUED'];
  const known = [...decided, ...gone, ...more].map((state) => `'${state}'`).join(', ');
  return `alter table application_item_copy drop constraint application_item_copy_state_check,
    add constraint application_item_copy_state_check check (state in (${known}))`;
};

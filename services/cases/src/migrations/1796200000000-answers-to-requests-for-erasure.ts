import type { MigrationInterface, QueryRunner } from 'typeorm';

const prolonged = [
  `alter table erasure_request
     add column prolonged_for text check (prolonged_for in ('COMPLEXITY', 'NUMBER_OF_REQUESTS')),
     add column informed_on date,
     add constraint prolonged_whole check ((prolonged_for is null) = (informed_on is null))`,
  // Those that wait already stand in the worklists from now on. The term is that of `terms/clocks.ts`.
  `insert into deadline (kind, subject_id, unit, terc, awaited, warn_on, due_on, basis)
   select 'ERASURE_ANSWER', r.id, r.unit, p.terc, 'CENTRE', r.answer_by - 7, r.answer_by, 'GDPR art. 12(3)'
   from erasure_request r join person p on p.id = r.person_id where r.state = 'RECEIVED'`,
];

export class AnswersToRequestsForErasure1796200000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of prolonged) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`delete from deadline where kind = 'ERASURE_ANSWER'`);
    await runner.query('alter table erasure_request drop column prolonged_for, drop column informed_on');
  }
}

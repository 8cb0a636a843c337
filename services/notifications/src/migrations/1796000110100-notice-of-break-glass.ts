import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Those who answer for the services are told, as something to do, when somebody opens the matters of another unit. */
export class NoticeOfBreakGlass1796000110100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `with rule as (
         insert into message_rule (id, version, code, edition, in_force_from, is_on, content)
         values ('0197a000-0000-7000-8000-000000001020', 0, 'break-glass-opened', 1, $1, true, $2)
         on conflict (code) do nothing returning id
       )
       insert into message_rule_edition (rule_id, edition, in_force_from, is_on, content, decided_by, decided_at, reason)
       select id, 1, $1, true, $2, 'okienko', $1, 'Zasada, z którą system zaczął działać.' from rule`,
      ['1970-01-01T00:00:00Z', JSON.stringify(content)],
    );
  }

  async down(): Promise<void> {
    throw new Error('What was decided about messages would be lost; restore the backup instead.');
  }
}

const content = {
  events: ['cases.break-glass.opened.v1'],
  audience: 'ORGANISER',
  standing: 'LEGAL',
  template: 'break-glass-opened',
  channels: [],
  delayMinutes: 0,
  digest: 'NONE',
  stopsOn: [],
  needsProof: false,
  isQuiet: false,
};

import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The last number of each subscription in a narrow table with room in its pages: in the subscription itself every event left behind
 * fifty wide dead rows with their index entries, through which the next one had to look.
 */
export class NumbersApart1796100000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  /** The version before goes on where this one is: it reads a last number that is behind until it gives the next. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop trigger subscription_begins_numbering on subscription');
    await runner.query('drop trigger subscription_numbers on subscription');
    await runner.query('drop function subscription_begins_numbering()');
    await runner.query('drop function subscription_numbers()');
    await runner.query(
      'update subscription set last_sequence = last from subscription_number where subscription_id = id and last_sequence <> last',
    );
    await runner.query('drop table subscription_number');
  }
}

const statements = [
  `create table subscription_number (
     subscription_id uuid primary key references subscription on delete cascade,
     last int not null
   ) with (fillfactor = 10)`,
  `lock table subscription in share row exclusive mode`,
  `insert into subscription_number select id, last_sequence from subscription`,
  `create function subscription_begins_numbering() returns trigger language plpgsql as $$
   begin
     insert into subscription_number values (new.id, new.last_sequence);
     return null;
   end $$`,
  `create trigger subscription_begins_numbering after insert on subscription for each row execute function subscription_begins_numbering()`,
  // Expand: while replicas of the version before run, they number by the column, and get what this table gives. Column and trigger go with a later version.
  `create function subscription_numbers() returns trigger language plpgsql as $$
   begin
     update subscription_number set last = last + (new.last_sequence - old.last_sequence) where subscription_id = new.id
       returning last into new.last_sequence;
     return new;
   end $$`,
  `create trigger subscription_numbers before update of last_sequence on subscription for each row execute function subscription_numbers()`,
];

import { Injectable } from '@nestjs/common';
import { Background } from '@okienko/chassis/background';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';

const atOnce = 500;

/**
 * Gives each committed change of the directory its position in the feed, by one at a time. A writer's own number would be drawn before its
 * commit, and a reader that has seen a later one would skip it; a position is only ever given to what everybody can see, and is
 * seen by all before the next is drawn. No writer waits for another, and a transaction that stays open elsewhere holds nothing up.
 */
@Injectable()
export class ChangePositions extends Background {
  protected readonly name = 'change-positions';
  /** What this replica commits itself is looked at once. */
  protected override readonly lookEvery = 500;

  constructor(private readonly work: UnitOfWork) {
    super();
    work.onCommitted(() => this.wake());
  }

  protected keep(): Promise<boolean> {
    return this.work.run(async ({ query }) => {
      // A statement of its own: the next one has to see what whoever held the lock before has committed.
      const [lock] = await query<{ held: boolean }>(
        `select pg_try_advisory_xact_lock(hashtextextended('change-positions ' || current_schema(), 0)) as held`,
      );
      if (!lock?.held) return false;
      // What is locked is being changed again; it gets its position after that.
      const given = await query(
        `with pending as materialized (
           select kind, id from directory_change where position is null order by at limit $1 for update skip locked
         )
         update directory_change c set position = nextval('directory_change_position')
         from pending p where c.kind = p.kind and c.id = p.id returning 1`,
        [atOnce],
      );
      return given.length === atOnce;
    });
  }
}

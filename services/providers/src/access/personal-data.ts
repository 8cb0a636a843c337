import type { Principal } from '@okienko/chassis/access';
import { DomainError } from '@okienko/contracts/domain-error';
import type { Clock } from '@okienko/messaging/clock';
import { currentContext, traceIdOf } from '@okienko/messaging/context';
import { type AccessEntry, recordAccesses } from '@okienko/privacy/access-log';
import { PersonErased, type PersonKeys } from '@okienko/privacy/person-keys';
import type { Sql } from '@okienko/privacy/sql';
import { SealedRow } from './sealed-row';

/** Who asks, and what for. */
export interface Access {
  readonly caller: Principal;
  readonly purpose: string;
}

export type FieldGroup = 'IDENTITY' | 'QUALIFICATIONS' | 'COMPLAINT' | 'EVERYTHING';

export class DataErased extends DomainError {
  readonly kind = 'not-found';
  readonly code = 'data-erased';
  constructor() {
    super('The data of this person have been erased and cannot be read or added to.');
  }
}

/** The way to what is known of performers and of the staff of providers, and to complaints: each has a key of its own, and every look is logged. */
export class PersonalData {
  constructor(
    private readonly keys: PersonKeys,
    private readonly clock: Clock,
  ) {}

  /** The row that somebody new begins with; its id is theirs. */
  async newRow(sql: Sql, table: string, id: string): Promise<SealedRow> {
    return new SealedRow(await this.keys.create(sql, id), table, id);
  }

  async row(sql: Sql, table: string, id: string): Promise<SealedRow> {
    try {
      return new SealedRow(await this.keys.keyOf(sql, id), table, id);
    } catch (error) {
      throw error instanceof PersonErased ? new DataErased() : error;
    }
  }

  /** What it sealed can never be read again. */
  async destroyKey(sql: Sql, id: string): Promise<void> {
    await this.keys.destroy(sql, id);
  }

  /** Call it last: the heads of the log's chains stay locked until the commit. What cannot be logged does not happen. */
  async record(
    sql: Sql,
    act: AccessEntry['act'],
    { caller, purpose }: Access,
    fieldGroups: readonly FieldGroup[],
    personIds: readonly string[],
  ): Promise<void> {
    const of = {
      at: this.clock.now(),
      actor: caller.sub,
      role: caller.roles.join(' '),
      act,
      purpose,
      fieldGroups,
      traceId: traceIdOf(currentContext().traceparent),
    };
    await recordAccesses(
      sql,
      personIds.map((personId) => ({ ...of, personId })),
    );
  }
}

import type { Principal } from '@okienko/chassis/access';
import { DomainError } from '@okienko/contracts/domain-error';
import type { Clock } from '@okienko/messaging/clock';
import { currentContext, traceIdOf } from '@okienko/messaging/context';
import { type AccessEntry, recordAccess, recordAccesses } from '@okienko/privacy/access-log';
import { PersonErased, type PersonKeys } from '@okienko/privacy/person-keys';
import type { Sql } from '@okienko/privacy/sql';
import { SealedRow } from './sealed-row';
import { breakGlassPurpose, sightOf } from './sight';

/** Who asks, and what for. */
export interface Access {
  readonly caller: Principal;
  readonly purpose: string;
}

/** Whose data, which kinds of it, and in which case. */
export interface Touched {
  readonly personId: string;
  readonly fieldGroups: readonly string[];
  readonly caseRef?: string;
}

export class DataErased extends DomainError {
  readonly kind = 'not-found';
  readonly code = 'data-erased';
  constructor() {
    super('The data of this person have been erased and cannot be read or added to.');
  }
}

/** The way to personal data: the person's key, and the access log. Both work in the transaction they are given. */
export class PersonalData {
  constructor(
    private readonly keys: PersonKeys,
    private readonly clock: Clock,
  ) {}

  async newPerson(sql: Sql, personId: string): Promise<Buffer> {
    return this.keys.create(sql, personId);
  }

  async keyOf(sql: Sql, personId: string): Promise<Buffer> {
    try {
      return await this.keys.keyOf(sql, personId);
    } catch (error) {
      throw error instanceof PersonErased ? new DataErased() : error;
    }
  }

  /** What it sealed can never be read again. */
  async destroyKey(sql: Sql, personId: string): Promise<void> {
    await this.keys.destroy(sql, personId);
  }

  async row(sql: Sql, personId: string, table: string, rowId: string): Promise<SealedRow> {
    return new SealedRow(await this.keyOf(sql, personId), table, rowId);
  }

  /** Call it last: the chain's head stays locked until the commit. What cannot be logged does not happen. */
  async record(sql: Sql, act: AccessEntry['act'], access: Access, touched: Touched): Promise<void> {
    await recordAccess(sql, this.entry(act, access, touched));
  }

  /** The same for several people at once, in an order that cannot deadlock. */
  async recordAll(sql: Sql, access: Access, touched: readonly (Touched & Pick<AccessEntry, 'act'>)[]): Promise<void> {
    await recordAccesses(
      sql,
      touched.map(({ act, ...rest }) => this.entry(act, access, rest)),
    );
  }

  private entry(act: AccessEntry['act'], { caller, purpose }: Access, touched: Touched): AccessEntry {
    const sight = sightOf(caller);
    return {
      ...touched,
      at: this.clock.now(),
      actor: caller.sub,
      role: caller.roles.join(' '),
      act,
      purpose: sight ? `${breakGlassPurpose}${sight.id}` : purpose,
      traceId: traceIdOf(currentContext().traceparent),
    };
  }
}

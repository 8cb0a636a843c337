import { Injectable } from '@nestjs/common';
import type { Sql } from '@okienko/privacy/sql';

@Injectable()
export class ConsentQueries {
  /** Whether the person wants what the rule sends beyond the law and the service. */
  async mayReceiveExtras(_sql: Sql, _personId: string, _rule: string): Promise<boolean> {
    return false;
  }
}

import type { Service } from '@okienko/contracts/event';

export interface ProjectedTable {
  readonly name: string;
  /** Columns that this service keeps itself: neither compared nor replaced. */
  readonly own?: readonly string[];
}

/**
 * A local copy of what another service says. It follows whole types of aggregates: all that the service does when it hears of them is
 * to write these tables, so that the copy can be made anew by the same handlers. Tables that others refer to come first.
 */
export interface Projection {
  readonly name: string;
  readonly owner: Service;
  readonly aggregates: readonly string[];
  readonly tables: readonly ProjectedTable[];
}

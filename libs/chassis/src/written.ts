/**
 * An answer that the database has written as the JSON of a `T`. It goes out as it is: reading it and writing it again costs more than all
 * else that a list of some twenty rows takes here. For lists that are asked all the time; whatever has a rule of its own is no such list.
 */
export class Written<T> {
  /** Says of what it is the JSON, and is never there. */
  declare protected readonly of: T;

  constructor(
    readonly json: string,
    /** Cursor of the next page. */
    readonly next?: string,
  ) {}
}

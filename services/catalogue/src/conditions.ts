/** SQL conditions with their values, joined by "and". A condition whose value is not given is left out. */
export class Conditions {
  readonly values: unknown[] = [];

  constructor(public sql: string) {}

  and(condition: (value: string) => string, value: unknown): this {
    if (value !== undefined) this.sql += ` and ${condition(this.value(value))}`;
    return this;
  }

  /** The placeholder of one more value. */
  value(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }
}

import type { RecordFault } from '../record-fault';

/** Of one record. Whoever reads that many has enough to do. */
const mostFaults = 100;

/** Reads JSON of another's making. What is absent, null or blank is not said; what is of another type is a fault, noted and passed over. */
export class RecordReader {
  constructor(
    private readonly record: Readonly<Record<string, unknown>>,
    readonly faults: RecordFault[] = [],
    private readonly at = '',
  ) {}

  text(name: string): string | undefined {
    const value = this.record[name];
    if (typeof value === 'string') return value.trim() === '' ? undefined : value;
    return this.nothing(name, 'must be text');
  }

  number(name: string): number | undefined {
    const value = this.record[name];
    return typeof value === 'number' ? value : this.nothing(name, 'must be a number');
  }

  part(name: string): RecordReader {
    const value = this.record[name];
    return new RecordReader(
      isRecord(value) ? value : (this.nothing(name, 'must be an object') ?? {}),
      this.faults,
      `${this.at}/${name}`,
    );
  }

  parts(name: string): RecordReader[] {
    const value = this.record[name];
    if (!Array.isArray(value)) return this.nothing(name, 'must be a list') ?? [];
    return (value as unknown[]).map((item, index) => {
      if (!isRecord(item)) this.fault(`${name}/${index}`, 'must be an object');
      return new RecordReader(isRecord(item) ? item : {}, this.faults, `${this.at}/${name}/${index}`);
    });
  }

  /** Names of what the record says anything under. */
  get names(): string[] {
    return Object.entries(this.record).flatMap(([name, value]) =>
      value === null || value === '' || (Array.isArray(value) && value.length === 0) ? [] : [name],
    );
  }

  fault(name: string, detail: string): void {
    if (this.faults.length >= mostFaults) return;
    const fault = { pointer: `${this.at}/${name}`, detail: `${name} ${detail}` };
    // What is read twice is at fault once.
    if (!this.faults.some((one) => one.pointer === fault.pointer && one.detail === fault.detail))
      this.faults.push(fault);
  }

  private nothing(name: string, detail: string): undefined {
    if (this.record[name] !== undefined && this.record[name] !== null) this.fault(name, detail);
    return undefined;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

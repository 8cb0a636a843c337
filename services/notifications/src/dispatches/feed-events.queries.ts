import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** An event of the feed as it goes out. */
export interface FeedEvent {
  readonly id: string;
  readonly name: string;
  /** The bytes that were published; signatures are over them. */
  readonly body: Buffer;
}

const mostBytes = 4 * 1024 * 1024;

/** A backlog goes to many sinks, so an event is read once for all of them. What was published never changes. */
@Injectable()
export class FeedEvents {
  private readonly known = new Map<string, FeedEvent>();
  private bytes = 0;

  constructor(private readonly dataSource: DataSource) {}

  /** From now until the next call, `get` knows these. */
  async fetch(ids: ReadonlySet<string>): Promise<void> {
    for (const { id, body } of this.known.values()) {
      if (this.bytes <= mostBytes) break;
      this.known.delete(id);
      this.bytes -= body.length;
    }
    const missing = [...ids].filter((id) => !this.known.has(id));
    if (missing.length === 0) return;
    const rows = await this.dataSource.query<{ id: string; name: string; body: string }[]>(
      'select id, name, body from feed_event where id = any($1)',
      [missing],
    );
    for (const { id, name, body } of rows) {
      const event = { id, name, body: alone(body) };
      this.known.set(id, event);
      this.bytes += event.body.length;
    }
  }

  get(id: string): FeedEvent | undefined {
    return this.known.get(id);
  }
}

/** The text's bytes in memory of their own: a small buffer is otherwise part of a shared 64 KB, all of which stays while the part is kept. */
function alone(text: string): Buffer {
  const bytes = Buffer.allocUnsafeSlow(Buffer.byteLength(text));
  bytes.write(text);
  return bytes;
}

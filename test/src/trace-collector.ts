import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

interface Attribute {
  readonly key: string;
  readonly value: { readonly stringValue?: string; readonly intValue?: number };
}

interface Sent {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly Attribute[] };
    readonly scopeSpans: readonly { readonly spans: readonly (Omit<Spoken, 'service'> & { kind: number })[] }[];
  }[];
}

interface Spoken {
  readonly service: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly attributes: readonly Attribute[];
}

/** A collector of traces: OTLP over HTTP, in JSON. */
export class TraceCollector {
  /** What was sent, byte for byte. */
  readonly texts: string[] = [];
  private readonly server = createServer((request, response) => {
    void text(request).then((body) => {
      this.texts.push(body);
      response.setHeader('Content-Type', 'application/json').end('{}');
    });
  });

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  get spans(): Spoken[] {
    return this.texts.flatMap((body) =>
      (JSON.parse(body) as Sent).resourceSpans.flatMap(({ resource, scopeSpans }) => {
        const service = textOf(resource.attributes, 'service.name') ?? '';
        return scopeSpans.flatMap(({ spans }) => spans.map((span) => ({ ...span, service })));
      }),
    );
  }

  /** Each span with all that it is part of, from the first on; undefined stands for one that has not come. */
  get ways(): (readonly (Spoken | undefined)[])[] {
    const all = this.spans;
    const known = new Map(all.map((span) => [span.spanId, span]));
    const wayTo = (span: Spoken): (Spoken | undefined)[] => {
      if (!span.parentSpanId) return [span];
      const parent = known.get(span.parentSpanId);
      return [...(parent ? wayTo(parent) : [undefined]), span];
    };
    return all.map(wayTo);
  }
}

export const textOf = (attributes: readonly Attribute[], name: string): string | undefined =>
  attributes.find(({ key }) => key === name)?.value.stringValue;

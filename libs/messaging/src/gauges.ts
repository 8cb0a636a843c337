import { Gauge, type Registry } from 'prom-client';

/** Of each gauge its figures, each under the labels that it has. */
export type Figures<Name extends string> = Readonly<
  Partial<Record<Name, readonly { readonly labels?: Record<string, string>; readonly value: number }[]>>
>;

interface Described {
  readonly help: string;
  readonly labels?: readonly string[];
}

/** The last question that was asked for each registry. */
const last = new WeakMap<Registry, Promise<unknown>>();

/** One after another: a scrape takes one connection to the database, and leaves the others to people. */
function inTurn<Answer>(registry: Registry, ask: () => Promise<Answer>): Promise<Answer | undefined> {
  const answer = (last.get(registry) ?? Promise.resolve()).then(ask).catch(() => undefined);
  last.set(registry, answer);
  return answer;
}

/**
 * Gauges whose figures are asked of the database or the broker with each scrape, all with one question. Every replica tells the same: take
 * the maximum, not the sum. Without an answer there is no figure rather than an old one or a nought, and the other metrics are still told.
 */
export function askedGauges<Name extends string>(
  registry: Registry,
  gauges: Readonly<Record<Name, Described>>,
  ask: () => Promise<Figures<Name>>,
): void {
  let asking: Promise<Figures<Name> | undefined> | undefined;
  for (const [name, { help, labels = [] }] of Object.entries<Described>(gauges)) {
    new Gauge({
      name,
      help: `${help}; the same on every replica`,
      labelNames: [...labels],
      registers: [registry],
      async collect() {
        asking ??= inTurn(registry, ask).finally(() => (asking = undefined));
        const figures = await asking;
        this.reset();
        // A gauge without labels would else say 0.
        if (labels.length === 0) this.remove();
        for (const { labels: of = {}, value } of figures?.[name as Name] ?? []) this.set(of, value);
      },
    });
  }
}

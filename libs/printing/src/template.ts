import type { Liquid, Template as Parsed } from 'liquidjs';
import { asValue, described } from './marked-text';
import type { Language, Printed } from './printed';

/** What a template is told: texts, numbers, lists and records of them. */
export type Facts = { readonly [name: string]: Fact };
type Fact = string | number | boolean | undefined | Facts | readonly Fact[];

/** What the templates of one kind may name, and what they have to say. */
export interface TemplateKind<F extends object> {
  /** All that can be told. */
  readonly fullest: F;
  /** All that is always told. */
  readonly barest: F;
  /** Paths of facts that must be read in every document, whatever is left out: `decision.number`. */
  readonly required: readonly string[];
}

export class TemplateFaulty extends Error {
  constructor(
    readonly template: string,
    readonly faults: readonly string[],
  ) {
    super(`The template ${template} is faulty. ${faults.join(' ')}`);
  }
}

const limits = { parseLimit: 100_000, renderLimit: 2_000, memoryLimit: 10_000_000 };

/** Names are resolved strictly, files cannot be reached, and no value is ever taken for a mark of the text. */
async function engine(): Promise<Liquid> {
  // Loaded with the first document: a replica that prints none has no use for it.
  const { Liquid } = await import('liquidjs');
  const liquid = new Liquid({
    ...limits,
    templates: {},
    strictFilters: true,
    strictVariables: true,
    lenientIf: true,
    ownPropertyOnly: true,
    outputEscape: asValue,
  });
  delete liquid.filters['raw'];
  return liquid;
}

/** A text in Liquid that was found to be sound for its kind, so that printing finds nothing amiss. */
export class Template<F extends object> {
  private constructor(
    private readonly liquid: Liquid,
    private readonly parsed: Parsed[],
    private readonly language: Language,
  ) {}

  /** Tries it on the fullest and the barest facts of its kind. Throws `TemplateFaulty` with all that is wrong. */
  static async load<F extends object>(
    name: string,
    source: string,
    language: Language,
    kind: TemplateKind<F>,
  ): Promise<Template<F>> {
    const liquid = await engine();
    let template: Template<F>;
    try {
      template = new Template<F>(liquid, liquid.parse(source), language);
    } catch (error) {
      throw new TemplateFaulty(name, [firstLine(error)]);
    }
    const faults = [...template.unknown(kind.fullest), ...template.unsaid(kind)];
    if (faults.length > 0) throw new TemplateFaulty(name, [...new Set(faults)]);
    return template;
  }

  print(facts: F): Printed {
    return described(String(this.liquid.renderSync(this.parsed, facts)), this.language);
  }

  /** Names that no document of the kind could fill, also in branches that the trial does not take. */
  private unknown(facts: object): string[] {
    return this.liquid
      .globalVariableSegmentsSync(this.parsed, { partials: false })
      .filter((segments) => valueAt(facts, segments.map(String)) === undefined)
      .map((segments) => `Nothing tells it ${segments.join('.')}.`);
  }

  private unsaid({ fullest, barest, required }: TemplateKind<F>): string[] {
    return [fullest, barest].flatMap((facts) => {
      try {
        const text = textOf(this.print(facts));
        return required
          .filter((path) => !text.includes(String(valueAt(facts, path.split('.')))))
          .map((path) => `It must say ${path}.`);
      } catch (error) {
        return [firstLine(error)];
      }
    });
  }
}

const valueAt = (facts: object, path: readonly string[]): unknown =>
  path.reduce<unknown>((value, name) => (value as Readonly<Record<string, unknown>> | undefined)?.[name], facts);

const textOf = ({ title, paragraphs, sections }: Printed): string => JSON.stringify([title, paragraphs, sections]);
const firstLine = (error: unknown): string => String((error as Error).message).split('\n')[0] ?? '';

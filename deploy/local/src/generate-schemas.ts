import ts from 'typescript';
import { type Constraints, constraintsOf, type Schema } from './generate-constraints';
import type { Sources } from './generate-sources';

const nothing: Constraints = { value: {}, item: {} };

/** JSON Schemas of TypeScript types, as they look once they are JSON. Named types become components. */
export class Schemas {
  readonly components: Record<string, Schema> = {};
  private readonly named = new Map<string, ts.Type>();
  private readonly checker: ts.TypeChecker;

  constructor(private readonly sources: Sources) {
    this.checker = sources.checker;
  }

  of(type: ts.Type): Schema {
    const members = type.isUnion() ? type.types : [type];
    const told = members.filter(({ flags }) => !(flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Void)));
    const present = told.filter(({ flags }) => !(flags & ts.TypeFlags.Null));
    const schema = this.alternatives(present);
    return present.length === told.length ? schema : orNull(schema);
  }

  /** The properties of a class or interface as they stand in JSON, each with its schema. */
  properties(type: ts.Type): { name: string; schema: Schema; required: boolean }[] {
    const constraints = this.constraintsOf(type);
    return this.checker.getPropertiesOfType(type).flatMap((property) => {
      const declaration = property.valueDeclaration ?? property.declarations?.[0];
      const value = this.checker.getTypeOfSymbol(property);
      if (value.getCallSignatures().length > 0) return [];
      const optional = (property.flags & ts.SymbolFlags.Optional) !== 0;
      const hidden =
        declaration &&
        ts.getCombinedModifierFlags(declaration) & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected);
      if (hidden) return [];
      const schema = constrained(this.of(value), constraints?.get(property.name) ?? nothing);
      return [{ name: property.name, schema: { ...schema, ...this.comment(property) }, required: !optional }];
    });
  }

  private alternatives(types: readonly ts.Type[]): Schema {
    const [only] = types;
    if (types.length === 1 && only) return this.one(only);
    if (types.length === 0) return {};
    if (types.every(({ flags }) => flags & ts.TypeFlags.BooleanLiteral)) return { type: 'boolean' };
    const literals = types.map((type) => (type.isStringLiteral() || type.isNumberLiteral() ? type.value : undefined));
    if (literals.every((literal) => literal !== undefined)) return { type: typeof literals[0], enum: literals.sort() };
    return { anyOf: types.map((type) => this.one(type)) };
  }

  private one(type: ts.Type): Schema {
    const { flags } = type;
    if (type.isStringLiteral() || type.isNumberLiteral()) return { type: typeof type.value, const: type.value };
    if (flags & ts.TypeFlags.BooleanLiteral)
      return { type: 'boolean', const: this.checker.typeToString(type) === 'true' };
    if (flags & ts.TypeFlags.StringLike) return { type: 'string' };
    if (flags & ts.TypeFlags.NumberLike) return { type: 'number' };
    if (flags & ts.TypeFlags.BooleanLike) return { type: 'boolean' };
    if (flags & ts.TypeFlags.NonPrimitive) return { type: 'object' };
    if (flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return {};
    if (this.checker.isArrayType(type)) return { type: 'array', items: this.of(this.argumentsOf(type)[0] as ts.Type) };
    // Bytes are described by their media type.
    if (type.symbol.name === 'Buffer' || type.symbol.name === 'StreamableFile') return {};
    if (type.symbol.name === 'Written') return this.of(this.argumentsOf(type)[0] as ts.Type);
    if (type.symbol.name === 'Date') return { type: 'string', format: 'date-time' };
    const index = this.checker.getIndexInfoOfType(type, ts.IndexKind.String);
    if (index) return { type: 'object', additionalProperties: this.of(index.type) };
    const name = this.nameOf(type);
    if (name === undefined) return this.object(type);
    const known = this.named.get(name);
    if (known && known !== type) throw new Error(`Two types are called ${name}: a document needs a name for each.`);
    if (!known) {
      this.named.set(name, type);
      this.components[name] = this.object(type);
    }
    return { $ref: `#/components/schemas/${name}` };
  }

  private object(type: ts.Type): Schema {
    const properties = this.properties(type);
    const required = properties.filter((property) => property.required).map(({ name }) => name);
    // What clients send is closed; what they are sent may grow.
    const closed = this.constraintsOf(type) !== undefined || (properties.length === 0 && type.isClass());
    return {
      type: 'object',
      ...(type.isClassOrInterface() ? this.comment(type.symbol) : {}),
      ...(closed ? { additionalProperties: false } : {}),
      ...(required.length === 0 ? {} : { required }),
      properties: Object.fromEntries(properties.map(({ name, schema }) => [name, schema])),
    };
  }

  private argumentsOf(type: ts.Type): readonly ts.Type[] {
    return (type as ts.ObjectType).objectFlags & ts.ObjectFlags.Reference
      ? this.checker.getTypeArguments(type as ts.TypeReference)
      : [];
  }

  /** `Page<PlanSummary>` is called PageOfPlanSummary. */
  private nameOf(type: ts.Type): string | undefined {
    // A union of literals, as in Pick<…, 'a' | 'b'>, has no symbol.
    const symbol = type.aliasSymbol ?? (type.symbol as ts.Symbol | undefined);
    if (!symbol || symbol.name.startsWith('__')) return undefined;
    const parameters = type.isClass() || type.aliasSymbol ? (type.aliasTypeArguments ?? []) : this.argumentsOf(type);
    const names = parameters.map((parameter) => this.nameOf(parameter));
    return names.includes(undefined) ? undefined : [symbol.name, ...names].join('Of');
  }

  private constraintsOf(type: ts.Type): ReadonlyMap<string, Constraints> | undefined {
    const constructor = type.isClass() ? this.sources.running(type.symbol.valueDeclaration) : undefined;
    return constructor && constraintsOf(constructor);
  }

  private comment(symbol: ts.Symbol): Schema {
    const description = textOf(symbol.getDocumentationComment(this.checker));
    const examples = symbol
      .getJsDocTags(this.checker)
      .filter(({ name }) => name === 'example')
      .map(({ text }) => valueOf(ts.displayPartsToString(text)));
    return { ...(description ? { description } : {}), ...(examples.length === 0 ? {} : { examples }) };
  }
}

export const textOf = (parts: ts.SymbolDisplayPart[]): string =>
  ts
    .displayPartsToString(parts)
    .replace(/\s*\n\s*/g, ' ')
    .trim();

function valueOf(example: string): unknown {
  try {
    return JSON.parse(example) as unknown;
  } catch {
    return example;
  }
}

function orNull(schema: Schema): Schema {
  if (typeof schema['type'] !== 'string') return { anyOf: [schema, { type: 'null' }] };
  const values = schema['enum'] as unknown[] | undefined;
  return { ...schema, type: [schema['type'], 'null'], ...(values ? { enum: [...values, null] } : {}) };
}

function constrained(schema: Schema, { value, item }: Constraints): Schema {
  const items = schema['items'] as Schema | undefined;
  const { type, ...rest } = value;
  // A list of values says more than the literal types it was derived from, and in its own order.
  return {
    ...schema,
    ...(type === undefined ? {} : { type }),
    ...rest,
    ...(items ? { items: { ...items, ...item } } : {}),
  };
}

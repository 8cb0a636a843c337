import { EntitySchema, type EntitySchemaColumnOptions, type EntitySchemaOptions, type ObjectLiteral } from 'typeorm';

type ColumnType = 'uuid' | 'text' | 'int' | 'jsonb' | 'date' | 'timestamptz' | 'bytea' | 'bool' | 'numeric';
/** A property's column type; `?` when it may be null. The column is the property in snake_case. */
export type Columns = Readonly<Record<string, ColumnType | `${ColumnType}?`>>;
type Target = NonNullable<EntitySchemaOptions<ObjectLiteral>['target']>;

/** Maps an aggregate to its row. Every aggregate has an id, a version and the unit of the centre that it belongs to. */
export function table(target: Target, tableName: string, columns: Columns): EntitySchema<ObjectLiteral> {
  const all: Columns = { version: 'int', ...columns };
  return new EntitySchema<ObjectLiteral>({
    name: target.name,
    target,
    tableName,
    columns: {
      id: { type: 'uuid', primary: true },
      ...Object.fromEntries(Object.entries(all).map(([property, type]) => [property, columnOf(property, type)])),
    },
  });
}

function columnOf(property: string, type: string): EntitySchemaColumnOptions {
  const name = property.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return { name, type: type.replace('?', '') as ColumnType, nullable: type.endsWith('?') };
}

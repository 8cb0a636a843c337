import { Module, type Type } from '@nestjs/common';
import { ServiceConfig } from '@okienko/chassis/config';
import type { ServiceDefinition } from '@okienko/chassis/service-definition';
import { messagingTables } from '@okienko/messaging/tables';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A service of the chassis and one controller, to see what the chassis does by itself; `tables` are beside those of the backbone. */
export function bareService(
  controller: Type,
  { tables = [], ...more }: Partial<ServiceDefinition> & { readonly tables?: readonly string[] } = {},
): ServiceDefinition {
  class BareModule {}
  Module({ controllers: [controller] })(BareModule);

  class Create1764748800000 implements MigrationInterface {
    async up(runner: QueryRunner): Promise<void> {
      for (const sql of [...messagingTables(), ...tables]) await runner.query(sql);
    }
    async down(): Promise<void> {}
  }
  return {
    name: 'providers',
    module: BareModule,
    config: ServiceConfig,
    mappings: [],
    migrations: [Create1764748800000],
    ...more,
  };
}

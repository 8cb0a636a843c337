import type { Type } from '@nestjs/common';
import type { Service } from '@okienko/contracts/event';
import type { Projection } from '@okienko/messaging/projection';
import type { EntitySchema, MigrationInterface } from 'typeorm';
import type { ServiceConfig } from './config';

/** What makes a service this one: everything else is the chassis. */
export interface ServiceDefinition<Config extends ServiceConfig = ServiceConfig> {
  readonly name: Service;
  /** The one Nest module of the service. */
  readonly module: Type;
  readonly config: new () => Config;
  readonly mappings: readonly EntitySchema[];
  readonly migrations: readonly (new () => MigrationInterface)[];
  /** Its copies of what other services say; each can be made anew (`npm run rebuild`). */
  readonly projections?: readonly Projection[];
  /** Anonymous reads from any web page (CORS `*`), which caches may keep for a moment. */
  readonly publicReads?: boolean;
}

import type { Type } from '@nestjs/common';
import type { Service } from '@okienko/contracts/event';
import type { Follow } from '@okienko/messaging/after-restore';
import type { Projection } from '@okienko/messaging/projection';
import type { DataSource, EntitySchema, MigrationInterface } from 'typeorm';
import type { KeyRing } from '@okienko/privacy/key-ring';
import type { SealedPlace } from '@okienko/privacy/sealed-places';
import type { SealedObjects } from '@okienko/privacy/sealing-anew';
import type { ServiceConfig } from './config';

/** What a service keeps under the keys of people, and how its keys are rotated (`dist/rotate-keys.js`). */
export interface SealedData<Config extends ServiceConfig> {
  keyRing(config: Config): Promise<KeyRing>;
  readonly places: readonly SealedPlace[];
  /** Files that lie outside the database. */
  objects?(config: Config): SealedObjects;
  /** Enters what is looked up by a keyed hash under the current key, and removes what keys entered that are gone. */
  reindex?(database: DataSource, ring: KeyRing, say: (progress: string) => void): Promise<object>;
}

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
  readonly sealed?: SealedData<Config>;
  /** What follows in its own database when that was taken back in time (`dist/after-restore.js`). */
  readonly afterRestore?: Follow;
  /** Anonymous reads from any web page (CORS `*`), which caches may keep for a moment. */
  readonly publicReads?: boolean;
}

import { ServiceConfig } from '@okienko/chassis/config';

/** The directory needs nothing but what every service needs. */
export class CatalogueConfig extends ServiceConfig {}

import { ServiceConfig } from '@okienko/chassis/config';

/** The service needs nothing beyond what every service needs. */
export class ProvidersConfig extends ServiceConfig {}

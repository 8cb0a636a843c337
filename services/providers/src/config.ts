import { ServiceConfig } from '@okienko/chassis/config';
import { IsOptional } from 'class-validator';
import { IsNip } from './providers/identifiers.dto';

export class ProvidersConfig extends ServiceConfig {
  /** NIP of the gmina or the centre, whichever buys the services: for the data of providers' e-invoices alone. */
  @IsOptional() @IsNip() CENTRE_NIP?: string;
}

import { ServiceConfig } from '@okienko/chassis/config';
import { IsString, Length } from 'class-validator';

export class CatalogueConfig extends ServiceConfig {
  /** What the centre is called in the feed of its directory: the body that runs every service which no other does. */
  @IsString() @Length(1, 300) CENTRE_NAME: string = 'Centrum usług społecznych';
}

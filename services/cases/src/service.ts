import type { ServiceDefinition } from '@okienko/chassis/service-definition';
import { CasesModule } from './cases.module';
import { CasesConfig } from './config';
import { mappings } from './data-source';
import { migrations } from './migrations/index';

export const casesService: ServiceDefinition<CasesConfig> = {
  name: 'cases',
  module: CasesModule,
  config: CasesConfig,
  mappings,
  migrations,
};

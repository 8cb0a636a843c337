import { CreateCatalogue1764748800000 } from './1764748800000-create-catalogue';
import { ProgrammeEditions1795305600000 } from './1795305600000-programme-editions';

export const migrations = [CreateCatalogue1764748800000, ProgrammeEditions1795305600000];

import { CreateCatalogue1764748800000 } from './1764748800000-create-catalogue';

export const migrations = [CreateCatalogue1764748800000];

import { CreateProviders1764748800000 } from './1764748800000-create-providers';

export const migrations = [CreateProviders1764748800000];

import { CreateCases1764748800000 } from './1764748800000-create-cases';

export const migrations = [CreateCases1764748800000];

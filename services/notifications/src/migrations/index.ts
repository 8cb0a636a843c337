import { CreateNotifications1764748800000 } from './1764748800000-create-notifications';

export const migrations = [CreateNotifications1764748800000];

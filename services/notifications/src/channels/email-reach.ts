import type { Channel } from './channel';

/** Whether somebody has an e-mail address; the sending itself is the worker's. */
export const emailReach: Pick<Channel, 'code' | 'reaches'> = {
  code: 'EMAIL',
  reaches: ({ email }) => email !== undefined,
};

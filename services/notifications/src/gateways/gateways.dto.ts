import type { ChannelCode } from '../channels/channel';
import type { GatewayState } from './gateway';

export class GatewayView {
  channel!: ChannelCode;
  /** RESTS: it asked for time. BROKEN: it failed too often in a row. PROBED: the next message shows whether it works again. */
  state!: GatewayState;
  /** Outages in a row. */
  failures!: number;
  brokenSince!: Date | null;
  /** Nothing is sent before. */
  restsUntil!: Date | null;
  /** Messages that are due by this channel and wait. */
  due!: number;
  /** Since when the one that has waited longest is due. */
  oldestDueAt!: Date | null;
}

export class GatewayList {
  items!: GatewayView[];
}

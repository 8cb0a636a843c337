import { PageQuery } from '@okienko/chassis/page';
import { IsDayString, IsId } from '@okienko/chassis/validation';
import { IsInt, IsOptional, Max, Min } from 'class-validator';

export class RecordDelivery {
  /** UUIDv7 made by the client: sent again with the same content it changes nothing and gets the same answer. */
  @IsOptional() @IsId('7') id?: string;
  @IsId() orderId!: string;
  /** Day of the delivery, within the order and not in the future. @example "2026-03-02" */
  @IsDayString() deliveredOn!: string;
  /** How much was delivered, in the unit of the order. @example 2 */
  @IsInt() @Min(1) @Max(2_147_483_647) quantity!: number;
}

export class ListDeliveries extends PageQuery {
  @IsOptional() @IsId() orderId?: string;
}

export class DeliveryView {
  id!: string;
  version!: number;
  orderId!: string;
  allocationId!: string;
  providerId!: string;
  deliveredOn!: string;
  quantity!: number;
  unit!: string;
  state!: 'RECORDED' | 'ACCEPTED';
  /** Account of the member of staff who accepted it. */
  acceptedBy!: string | null;
}

import { DomainError } from '@okienko/contracts/domain-error';
import { type DomainEvent, event } from '@okienko/contracts/event';
import { providerRegisteredV1 } from '@okienko/contracts/providers/provider-registered.v1';

export const providerKinds = providerRegisteredV1.properties.kind.enum;
export type ProviderKind = (typeof providerKinds)[number];

export interface ProviderDetails {
  readonly kind: ProviderKind;
  /** By language tag; `pl` is always there. */
  readonly name: { readonly pl: string };
  readonly nip?: string;
  readonly regon?: string;
  readonly krs?: string;
  readonly terc?: string;
  readonly address?: string;
}

export class AlreadyRegistered extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'provider-already-registered';
  constructor(identifier: string) {
    super(`A provider with this ${identifier} is registered already. Use that one.`);
  }
}

/** A body that performs services for the centre (art. 7(2)). Name and address of a natural person stay in this row. */
export class Provider {
  private constructor(
    readonly id: string,
    readonly version: number,
    readonly kind: ProviderKind,
    readonly name: { readonly pl: string },
    readonly nip: string | null,
    readonly regon: string | null,
    readonly krs: string | null,
    readonly terc: string | null,
    readonly address: string | null,
  ) {}

  static register(id: string, { kind, name, nip, regon, krs, terc, address }: ProviderDetails): Provider {
    return new Provider(id, 0, kind, name, nip ?? null, regon ?? null, krs ?? null, terc ?? null, address ?? null);
  }

  registered(): DomainEvent<typeof providerRegisteredV1> {
    const terc = this.terc ?? undefined;
    return event(providerRegisteredV1, this.id, { kind: this.kind, ...(terc && { terc }) }, terc);
  }
}

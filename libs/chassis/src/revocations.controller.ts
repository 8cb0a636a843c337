import { Body, Controller, Get, Inject, Injectable, Post, Query } from '@nestjs/common';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';
import { IsIn, IsOptional, Matches, MaxLength, MinLength } from 'class-validator';
import { DataSource } from 'typeorm';
import { Allow, Caller, type Principal, Public } from './access';
import { Authentication } from './authentication';
import { Background } from './background';
import { Acts, Creates } from './http';
import { cursorNumber, defaultLimit, type Page, PageQuery, pageOf } from './page';
import {
  type Revocation,
  type RevocationKind,
  type RevocationReason,
  revocationReasons,
  Revocations,
  revoke,
} from './revocations';

/** Milliseconds. With the time that a look takes, well below the five seconds that are promised. */
const lookEvery = 2_000;

@Injectable()
export class RevocationsWatch extends Background {
  protected readonly name = 'revocations';
  protected override readonly lookEvery = lookEvery;

  constructor(@Inject(Revocations) private readonly revocations: Revocations) {
    super();
  }

  protected async keep(): Promise<boolean> {
    await this.revocations.look();
    return false;
  }
}

export class RevokeAccount {
  /** `sub` of the account's tokens. */
  @Matches(/^[A-Za-z0-9._:|-]{1,64}$/) account!: string;
  @IsIn(revocationReasons) reason!: (typeof revocationReasons)[number];
}

export class LogOut {
  /** As OpenID Connect Back-Channel Logout 1.0 has it, signed by the issuer. */
  @MinLength(1) @MaxLength(8192) logout_token!: string;
}

export class ListRevocations extends PageQuery {
  @IsOptional() @Matches(/^[A-Za-z0-9._:|-]{1,64}$/) account?: string;
}

export interface Revoked {
  readonly id: string;
  /** Tokens issued then or earlier are refused. */
  readonly notBefore: Date;
}

export interface RevocationView {
  readonly id: string;
  readonly kind: RevocationKind;
  /** Account or session. */
  readonly subject: string;
  /** Tokens issued then or earlier are refused. */
  readonly notBefore: Date;
  readonly reason: RevocationReason;
  readonly revokedBy: string;
  readonly revokedAt: Date;
}

/** Ends tokens before their time, on every replica within five seconds. */
@Controller()
export class RevocationsController {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly database: DataSource,
    private readonly authentication: Authentication,
    private readonly revocations: Revocations,
  ) {}

  /** Refuses every token that the account has been given so far. One that it is given later is good again, unless the issuer has shut it out. */
  @Post('revocations')
  @Creates()
  @Allow('operator')
  async revoke(@Body() { account, reason }: RevokeAccount, @Caller() caller: Principal): Promise<Revoked> {
    const notBefore = this.clock.now();
    return this.keep({ kind: 'ACCOUNT', subject: account, notBefore, reason, by: caller.sub });
  }

  @Get('revocations')
  @Allow('operator', 'auditor')
  async list(@Query() query: ListRevocations): Promise<Page<RevocationView>> {
    const limit = query.limit ?? defaultLimit;
    const rows = await this.database.query<RevocationView[]>(selectPage, [
      query.account ?? null,
      cursorNumber(query.after) ?? null,
      limit + 1,
    ]);
    return pageOf(rows, limit, ({ id }) => [id]);
  }

  /** The issuer says that somebody has logged out or was shut out. The token speaks for itself, so anybody may hand it on. */
  @Post('backchannel-logout')
  @Acts()
  @Public()
  async logOut(@Body() { logout_token: token }: LogOut): Promise<Revoked> {
    const { sub, sid, at: notBefore } = await this.authentication.logoutOf(token);
    const what =
      sid === undefined ? ({ kind: 'ACCOUNT', subject: sub } as const) : ({ kind: 'SESSION', subject: sid } as const);
    return this.keep({ ...what, notBefore, reason: 'LOGOUT', by: 'issuer' });
  }

  private async keep(one: Revocation): Promise<Revoked> {
    const kept = await this.work.run(async (work) => ({ id: await revoke(work, one), notBefore: one.notBefore }));
    await this.revocations.look();
    return kept;
  }
}

const selectPage = `
  select id, kind, subject, not_before as "notBefore", reason, revoked_by as "revokedBy", revoked_at as "revokedAt"
  from revocation where ($1::text is null or subject = $1) and ($2::bigint is null or id < $2)
  order by id desc limit $3`;

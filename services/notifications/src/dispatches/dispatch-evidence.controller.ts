import { Controller, Get, Header, Query } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Id } from '@okienko/chassis/http';
import { DispatchEvidence } from './dispatch-evidence.queries';
import { type EvidenceKey, RangeOfNumbers } from './dispatches.dto';

@Controller()
export class DispatchEvidenceController {
  constructor(private readonly evidence: DispatchEvidence) {}

  /**
   * The log of at most 1,000 numbers as JSON lines. Each line names the SHA-256 of the line before it (`before`), and the last one is a
   * detached JWS over all bytes above it, which the key of `/evidence-key` checks.
   */
  @Get('subscriptions/:id/evidence')
  @Allow('partner', 'operator')
  @Header('Content-Type', 'application/jsonl; charset=utf-8')
  @Header('Cache-Control', 'no-store')
  export(@Id() id: string, @Query() range: RangeOfNumbers, @Caller() caller: Principal): Promise<string> {
    return this.evidence.export(id, range, caller);
  }

  /** What checks exported logs (Ed25519). */
  @Get('evidence-key')
  @Allow('partner', 'operator', 'auditor', 'director')
  key(): Promise<EvidenceKey> {
    return this.evidence.key();
  }
}

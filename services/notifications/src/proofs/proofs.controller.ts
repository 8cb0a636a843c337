import { Controller, Get, Header } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Id } from '@okienko/chassis/http';
import type { Proof } from './proofs.dto';
import { ProofQueries } from './proofs.queries';

@Controller('messages/:id/proof')
@Allow('desk', 'coordinator', 'services-organiser', 'director', 'auditor')
export class ProofController {
  constructor(private readonly proofs: ProofQueries) {}

  /** What was told to whom, by which ways, and what proves it; auditors get it without the text and the address. */
  @Get()
  @Header('Cache-Control', 'no-store')
  get(@Id() id: string, @Caller() caller: Principal): Promise<Proof> {
    return this.proofs.get(id, caller);
  }

  /** The same as PDF (PDF/UA). */
  @Get('content')
  @Header('Content-Type', 'application/pdf')
  @Header('Cache-Control', 'no-store')
  content(@Id() id: string, @Caller() caller: Principal): Promise<Buffer> {
    return this.proofs.print(id, caller);
  }
}

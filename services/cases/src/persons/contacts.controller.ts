import { Body, Controller, Post } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Acts, type Changed, Id, IfMatch } from '@okienko/chassis/http';
import { Purpose } from '../access/purpose.decorator';
import { ContactCommands } from './contacts.commands';
import { ContactBody, SuppressContact } from './contacts.dto';

@Controller('persons/:id')
export class ContactController {
  constructor(private readonly contacts: ContactCommands) {}

  @Allow('desk', 'coordinator')
  @Acts()
  @Post('contact')
  change(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: ContactBody,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.contacts.change(id, version, body, { caller, purpose });
  }

  /** Nothing is sent to the person any more, because somebody else might read it, as in domestic violence: staff tell them. */
  @Allow('coordinator', 'services-organiser')
  @Acts()
  @Post('contact-suppression')
  suppress(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() { reasonCode }: SuppressContact,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.contacts.suppress(id, version, reasonCode, { caller, purpose });
  }

  @Allow('coordinator', 'services-organiser')
  @Acts()
  @Post('contact-suppression-lifting')
  lift(
    @Id() id: string,
    @IfMatch() version: number,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.contacts.liftSuppression(id, version, { caller, purpose });
  }
}

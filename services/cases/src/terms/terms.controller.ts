import { Controller, Get } from '@nestjs/common';
import { Allow } from '@okienko/chassis/access';
import { addDays } from '@okienko/contracts/calendar';
import { type DeadlineKind, deadlineKinds } from '../deadlines/deadlines';
import { clocks } from './clocks';
import { statutoryTerms } from './statutory-terms';
import { type ClockView, type TermsView } from './terms.dto';

@Controller('terms')
@Allow('desk', 'coordinator', 'services-organiser', 'community-organiser', 'director', 'finance', 'auditor', 'operator')
export class TermsController {
  /** The terms that law or the centre has set, with the days on which they counted. */
  @Get()
  find(): TermsView {
    return { clocks: deadlineKinds.flatMap(editionsOf), statutory: [...statutoryTerms] };
  }
}

const editionsOf = (kind: DeadlineKind): ClockView[] =>
  clocks[kind].map(
    ({ isOfParty = false, isOfUnion: _, lapses = false, prolongableBy = null, ...terms }, index, editions) => {
      const later = editions[index - 1];
      return { kind, ...terms, isOfParty, lapses, prolongableBy, validTo: later ? addDays(later.validFrom, -1) : null };
    },
  );

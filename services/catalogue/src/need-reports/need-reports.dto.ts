import { PageQuery } from '@okienko/chassis/page';
import { IsCode, IsId, IsTerc, IsText, MayBeAbsent } from '@okienko/chassis/validation';
import { IsIn, IsOptional, Matches } from 'class-validator';
import { areaSlugs } from '../areas/areas';
import { type NeedReportState, needReportStates, type Reporter, reporters } from './need-report';

/** Both are kept encrypted, and read only by staff and with a trace. */
export class NeedReportWords {
  /** What is lacking, in the reporter's words. @example "Sąsiadka z parteru nie wychodzi z domu i nie ma kto zrobić jej zakupów." */
  @IsText(1, 4000)
  need!: string;

  /** How to reach the reporter, if they want to be asked. @example "tel. 55 625 61 00" */
  @MayBeAbsent()
  @IsText(1, 300)
  contact?: string;
}

export class ReportNeed extends NeedReportWords {
  /** TERC of the gmina. @example "2861011" */
  @IsTerc()
  terc!: string;

  @MayBeAbsent()
  @IsIn(reporters)
  reportedBy?: Reporter;
}

export class NeedReported {
  id!: string;
  version!: number;
  /** By it the reporter asks what has become of the report. It is shown this once. @example "7K3D-90QX-4M2R-Y8VT-C6HB" */
  receipt!: string;
}

export class AskByReceipt {
  /** As it was given; small letters and blanks make no difference. @example "7K3D-90QX-4M2R-Y8VT-C6HB" */
  @Matches(/^[0-9A-Za-z](?:[ -]?[0-9A-Za-z]){19}$/, { message: '$property must be the twenty characters of a receipt' })
  receipt!: string;
}

export class NeedReportStatus {
  state!: NeedReportState;
  filedOn!: string;
  acknowledgedOn?: string;
  /** When it was forwarded or dismissed. */
  settledOn?: string;
  /** Why it was dismissed. */
  reasonCode?: string;
}

export class AcknowledgeNeedReport {
  /** Of which of the fourteen areas of art. 2(1) the need is. @example "pomoc-spoleczna" */
  @IsIn(areaSlugs)
  area!: string;
}

export class ForwardNeedReport {
  /** The application that came of it; the entitled person's, in `cases`. */
  @IsId()
  applicationId!: string;
}

export class DismissNeedReport {
  /** @example "REPORTED_BEFORE" */
  @IsCode()
  reasonCode!: string;
}

export class ListNeedReports extends PageQuery {
  @IsOptional()
  @IsIn(needReportStates)
  state?: NeedReportState;

  @IsOptional()
  @IsTerc()
  terc?: string;

  @IsOptional()
  @IsIn(areaSlugs)
  area?: string;
}

export class NeedReportItem extends NeedReportStatus {
  id!: string;
  version!: number;
  terc!: string;
  reportedBy?: Reporter;
  /** As the office has acknowledged it. */
  area?: string;
  applicationId?: string;
  /** When its words were erased for good. */
  erasedOn?: string;
}

export class NeedReportPage {
  items!: NeedReportItem[];
  /** Cursor of the next page. */
  next?: string;
}

export class NeedReportView extends NeedReportItem {
  /** Null once they have been erased. */
  words!: NeedReportWords | null;
}

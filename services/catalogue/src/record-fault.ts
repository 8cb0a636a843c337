/** What is wrong with a record of an import, and where. */
export class RecordFault {
  /** JSON Pointer (RFC 6901). @example "/services/3/officeId" */
  pointer!: string;
  detail!: string;
}

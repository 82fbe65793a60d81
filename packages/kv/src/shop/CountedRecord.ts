/** To where a segment of the log of events is counted, as the store keeps it. */
export interface CountedRecord {
  readonly to: number;
}

/** A part of a segment: what is counted of it is counted in one step with the place where it ends. */
export interface CountedPart extends CountedRecord {
  readonly segment: string;
  readonly from: number;
}

/** What came, or would come, of one client of an import. */
export interface Imported {
  case?: string;
  seq?: number;
  events: number;
  organization: string;
  certificates: string[];
  audits: number;
  warnings: { code: string; message: string }[];
}

/** Spreadsheets of other programs and times, which are converted to .xlsx before they are read. */
export const foreignFormats = ['xls', 'xlsb', 'ods', 'fods', 'html', 'xml'] as const;
export type ForeignFormat = (typeof foreignFormats)[number];

/** What each is called, with its article. */
export const foreignNames: Record<ForeignFormat, string> = {
  xls: 'an old Excel workbook (.xls)',
  xlsb: 'a binary Excel workbook (.xlsb)',
  ods: 'an OpenDocument spreadsheet (.ods)',
  fods: 'an OpenDocument spreadsheet (.fods)',
  html: 'a web page (HTML)',
  xml: 'an XML spreadsheet of Excel 2003',
};

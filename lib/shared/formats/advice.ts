/** A kind of file that is no table, and what to do about it. */
export interface NoTable {
  /** With its article: “a PDF document”. */
  name: string;
  /** A sentence or two. */
  advice: string;
}

export const saveAs = 'Open it in Excel or LibreOffice, save it as .xlsx, and upload that file.';
export const unpack = 'Unpack it, and upload the table inside.';
export const unpackOne = 'Unpack it, and upload the table that you mean.';
export const packAgain = 'Pack the table again, and upload that.';
export const exportTable =
  'Export the table as .csv or .xlsx from the program that made it, and upload that.';
export const exportNumbers = 'Choose “Export to” Excel or CSV in Numbers, and upload that.';
export const fromPicture =
  'A picture holds no rows: ask for the table that it shows as .csv or .xlsx, or type it off.';
export const fromDocument = 'Copy its table into a spreadsheet, save that as .xlsx, and upload it.';
export const chooseAnother = 'It holds no rows: choose the .csv or .xlsx file that you mean.';

/** What to do about other formats. A message that ends with one of these needs no other advice. */
export const formatAdvice: readonly string[] = [
  saveAs,
  unpack,
  unpackOne,
  packAgain,
  exportTable,
  exportNumbers,
  fromPicture,
  fromDocument,
  chooseAnother,
];

/** The encodings that can be chosen, as TextDecoder calls them, with what people call them. */
export const encodingNames: ReadonlyMap<string, string> = new Map([
  ['utf-8', 'UTF-8'],
  ['windows-1252', 'Windows Western (1252)'],
  ['iso-8859-1', 'Latin 1 (ISO 8859-1)'],
  ['iso-8859-15', 'Latin 9 (ISO 8859-15)'],
  ['windows-1250', 'Windows Central European (1250)'],
  ['iso-8859-2', 'Latin 2 (ISO 8859-2)'],
  ['windows-1251', 'Windows Cyrillic (1251)'],
  ['iso-8859-5', 'Cyrillic (ISO 8859-5)'],
  ['koi8-r', 'KOI8-R'],
  ['windows-1253', 'Windows Greek (1253)'],
  ['iso-8859-7', 'Greek (ISO 8859-7)'],
  ['windows-1254', 'Windows Turkish (1254)'],
  ['windows-1255', 'Windows Hebrew (1255)'],
  ['windows-1256', 'Windows Arabic (1256)'],
  ['windows-1257', 'Windows Baltic (1257)'],
  ['windows-1258', 'Windows Vietnamese (1258)'],
  ['windows-874', 'Windows Thai (874)'],
  ['utf-16le', 'UTF-16 LE'],
  ['utf-16be', 'UTF-16 BE'],
  ['macintosh', 'Mac Roman'],
  ['cp850', 'DOS Western (850)'],
  ['cp437', 'DOS United States (437)'],
  ['ibm866', 'DOS Cyrillic (866)'],
  ['shift_jis', 'Shift JIS'],
  ['euc-jp', 'EUC-JP'],
  ['iso-2022-jp', 'ISO-2022-JP'],
  ['gb18030', 'GB 18030'],
  ['big5', 'Big5'],
  ['euc-kr', 'EUC-KR'],
]);

/** What people call an encoding. */
export const encodingName = (encoding: string): string =>
  encodingNames.get(encoding.toLowerCase()) ?? encoding;

import { describe, expect, it } from 'vitest';
import { otherFormatOf } from './other-format';

const named = (content: string | Uint8Array) =>
  otherFormatOf(typeof content === 'string' ? new TextEncoder().encode(content) : content)?.name ?? null;

describe('#80 files that are no tables are named', () => {
  it.each([
    ['89504e470d0a1a0a', 'a PNG picture'],
    ['ffd8ffe000104a464946', 'a JPEG picture'],
    ['474946383961', 'a GIF picture'],
    ['524946462400000057454250', 'a WebP picture'],
    ['49492a0008000000', 'a TIFF picture'],
    ['4d4d002a00000008', 'a TIFF picture'],
    [`424d${'00'.repeat(12)}28000000`, 'a bitmap picture'],
    ['526172211a0700', 'a RAR archive'],
    ['377abcaf271c0004', 'a 7-Zip archive'],
    ['425a6839314159265359', 'a bzip2 archive'],
    ['fd377a585a0000', 'an xz archive'],
    ['28b52ffd0458', 'a Zstandard archive'],
    ['504152311504', 'a Parquet file'],
    ['4f626a0104', 'an Avro file'],
    ['4152524f57310000', 'an Arrow file'],
    ['53514c69746520666f726d6174203300', 'an SQLite database'],
    ['7f454c460201', 'a program'],
    ['7b5c72746631', 'a Rich Text document'],
  ])('bytes %s', (hex, name) => {
    expect(named(new Uint8Array(Buffer.from(hex, 'hex')))).toBe(name);
  });

  it.each([
    ['<!DOCTYPE html>\n<html><body><table>', /HTML/],
    ['\ufeff  <html xmlns:x="urn:schemas-microsoft-com:office:excel">', /HTML/],
    ['<!-- made by a report --><table border=1><tr><td>1</td>', /HTML/],
    ['<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0"><html>', /HTML/],
    ['MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n', /MHTML/],
    ['<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook>', /Excel 2003/],
    ['<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet/>', /Excel 2003/],
    ['<?xml version="1.0"?><orders><order id="1"/>', /an XML document/],
    ['<rows>\n  <row>1</row>\n</rows>', /an XML document/],
    ['<svg xmlns="http://www.w3.org/2000/svg"><path/></svg>', /SVG/],
    ['ID;PWXL;N;E\r\nP;PGeneral\r\nC;Y1;X1;K"name"\r\nC;X2;K"qty"\r\n', /SYLK/],
    ['TABLE\r\n0,1\r\n"EXCEL"\r\n', /DIF/],
    ['[{"a": 1}, {"a": 2}]', /JSON document/],
    ['{\n  "rows": [\n    {"a": null, "b": true},\n', /JSON document/],
    ['[[1,2],[3,4]]', /JSON document/],
    ['["name","qty"]', /JSON document/],
    ['{"a":1,"b":"x, \\"y\\""}\n{"a":2,"b":"z"}\n', /JSON lines/],
    ['["a",1]\n["b",2]\n', /JSON lines/],
    [`[{"text":"${'x'.repeat(5000)}"}]`, /JSON document/],
    ['%PDF-1.7', /PDF/],
    ['BEGIN:VCARD\r\nVERSION:3.0', /contacts/],
  ])('%j', (content, name) => {
    expect(named(content)).toMatch(name);
    const utf16 = new Uint8Array(Buffer.from(`\ufeff${content.replace(/^\ufeff/, '')}`, 'utf16le'));
    if (!content.startsWith('%PDF')) expect(named(utf16)).toMatch(name);
  });

  it.each([
    'id,name\n1,Ann\n',
    '[id],[name]\n1,Ann\n',
    '[a]\n1\n',
    '[1]\n[2]\n[3]\n',
    '{"a":1}\tx\n{"a":2}\ty\n',
    '"{""a"":1}",x\n',
    '{a},{b}\n1,2\n',
    '{0001-AA},x\n',
    '<id>,<name>\n1,Ann\n',
    '<5,>10\n1,2\n',
    '<b>\n1\n',
    'ID;PRICE\n1;2\n3;4\n',
    'ID;PLZ;CITY\nC;1;2\nF;3;4\n',
    'BM,x\n1,2\n',
    'BZh,1\n',
    'RIFF,1\n',
    'TABLE\na,b\n',
    '',
  ])('%j may be a table', (content) => {
    expect(named(content)).toBeNull();
  });
});

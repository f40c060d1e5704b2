import fc from 'fast-check';
import type { ApiDocument, JsonSchema } from '@/testing/api-document';

/** What programs trip over, wherever a text is taken. */
const hostileTexts = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\ud800',
  '\u202eabc',
  '__proto__',
  'constructor',
  "' or 1=1 --",
  '%',
  '%00',
  '%ff',
  '../../etc/passwd',
  '..\\..\\x',
  '<script>alert(1)</script>',
  '{{7*7}}',
  '$' + '{7*7}',
  '\r\nset-cookie: x=y',
  'null',
  'NaN',
  '-1',
  '2147483648',
  '9223372036854775808',
  '1e400',
  '9'.repeat(400),
  'x'.repeat(10_000),
  '😀'.repeat(300),
];

const hostileNumbers = [
  -1,
  0,
  -0,
  0.5,
  1e-7,
  2 ** 31 - 1,
  2 ** 31,
  2 ** 53 - 1,
  2 ** 53,
  2 ** 63,
  1e308,
  -1e308,
];

/** JSON of any kind. */
export const hostile: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(...hostileTexts),
  fc.constantFrom<unknown>(...hostileNumbers),
  fc.constantFrom<unknown>(null, true, [], {}, [[]], { toString: 1 }),
  fc.jsonValue({ maxDepth: 3 }),
);

/** A text as it may stand in an address or header value. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...hostileTexts),
  fc.string({ unit: 'binary', maxLength: 30 }),
);

const numberOr = (value: unknown, otherwise: number) => (typeof value === 'number' ? value : otherwise);
const isSchema = (value: unknown): value is JsonSchema => typeof value === 'object' && value !== null;
const listOf = (value: unknown): JsonSchema[] => (Array.isArray(value) ? value.filter(isSchema) : []);

/** Values that fit a JSON schema, of those kinds that zod writes. */
export class Fitting {
  constructor(private readonly document: ApiDocument) {}

  of(given: JsonSchema): fc.Arbitrary<unknown> {
    const schema = this.document.resolve(given);
    if ('const' in schema) return fc.constant(schema.const);
    if (Array.isArray(schema.enum)) return fc.constantFrom<unknown>(...schema.enum);
    const branches = [...listOf(schema.anyOf), ...listOf(schema.oneOf)];
    if (branches.length > 0) return fc.oneof(...branches.map((branch) => this.of(branch)));
    switch (schema.type) {
      case 'string':
        return text(schema);
      case 'integer':
        return whole(schema);
      case 'number':
        return fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), whole(schema));
      case 'boolean':
        return fc.boolean();
      case 'null':
        return fc.constant(null);
      case 'array': {
        const minLength = numberOr(schema.minItems, 0);
        const maxLength = Math.min(numberOr(schema.maxItems, 5), minLength + 4);
        return fc.array(this.of(isSchema(schema.items) ? schema.items : {}), { minLength, maxLength });
      }
      case 'object':
        return this.object(schema);
      default:
        return hostile;
    }
  }

  private object(inner: JsonSchema): fc.Arbitrary<unknown> {
    const properties = isSchema(inner.properties) ? inner.properties : {};
    const required = Array.isArray(inner.required) ? inner.required : [];
    const model = Object.fromEntries(
      Object.entries(properties).map(([name, schema]) => [name, this.of(isSchema(schema) ? schema : {})]),
    );
    return fc.record(model, { requiredKeys: Object.keys(model).filter((name) => required.includes(name)) });
  }

  /** Mostly what fits, else with something wrong in it: a value of another kind, missing, or one too many. */
  nearly(schema: JsonSchema): fc.Arbitrary<unknown> {
    const fits = this.of(schema);
    const bent = fc
      .tuple(fits, fc.nat(), hostile, fc.constantFrom('replace', 'remove', 'add'))
      .map(([value, which, other, how]) => {
        if (typeof value !== 'object' || value === null || Array.isArray(value)) return other;
        const entries = Object.entries(value);
        if (how === 'add' || entries.length === 0) return { ...value, extra: other };
        const at = which % entries.length;
        if (how === 'remove') return Object.fromEntries(entries.filter((_, i) => i !== at));
        return Object.fromEntries(entries.map(([name, old], i) => [name, i === at ? other : old]));
      });
    return fc.oneof(
      { weight: 6, arbitrary: fits },
      { weight: 3, arbitrary: bent },
      { weight: 1, arbitrary: hostile },
    );
  }
}

function text(schema: JsonSchema): fc.Arbitrary<string> {
  const minLength = numberOr(schema.minLength, 0);
  const maxLength = numberOr(schema.maxLength, 1_000);
  switch (schema.format) {
    case 'uuid':
      return fc.uuid();
    case 'email':
      return fc.uuid().map((name) => `${name}@example.com`);
    case 'uri':
      return fc.webUrl();
    case 'date-time':
      return fc.date({ noInvalidDate: true }).map((date) => date.toISOString());
    default: {
      const plain = fc.string({
        unit: 'grapheme-composite',
        minLength,
        maxLength: Math.min(maxLength, minLength + 20),
      });
      const odd = hostileTexts.filter(({ length }) => length >= minLength && length <= maxLength);
      return odd.length > 0 ? fc.oneof(plain, fc.constantFrom(...odd)) : plain;
    }
  }
}

function whole(schema: JsonSchema): fc.Arbitrary<number> {
  const min = Math.max(
    numberOr(schema.minimum, numberOr(schema.exclusiveMinimum, -(2 ** 31)) + 1),
    -(2 ** 53) + 1,
  );
  const max = Math.min(numberOr(schema.maximum, 2 ** 53 - 1), 2 ** 53 - 1);
  const odd = hostileNumbers.filter((n) => Number.isInteger(n) && n >= min && n <= max);
  const usual = fc.integer({ min, max: Math.max(min, Math.min(max, min + 20)) });
  return odd.length > 0 ? fc.oneof(usual, fc.constantFrom(...odd), fc.integer({ min, max })) : usual;
}

import { parseAst } from 'vitest/node';
import { z } from 'zod';

const anyNode = z.looseObject({ type: z.string() });
type Node = z.infer<typeof anyNode>;

const nodeOf = (value: unknown): Node | null => anyNode.safeParse(value).data ?? null;
const childrenOf = (node: Node): Node[] =>
  Object.values(node)
    .flat()
    .flatMap((value) => nodeOf(value) ?? []);
const all = (node: Node): Node[] => [node, ...childrenOf(node).flatMap(all)];

/** The name of a property, also where it stands in quotes; null where it is computed. */
function nameOf(key: Node | null, computed: unknown): string | null {
  if (key?.type === 'Literal') return String(key.value);
  return key?.type === 'Identifier' && computed !== true ? String(key.name) : null;
}

/** What a member expression takes out of what: of `tx.import` the name `import`. */
const memberOf = (node: Node | null) =>
  node?.type === 'MemberExpression' ? nameOf(nodeOf(node.property), node.computed) : null;

/** The argument of a call that has what is written, and under which names. */
const written: Record<string, string[]> = {
  update: ['data'],
  updateMany: ['data'],
  updateManyAndReturn: ['data'],
  upsert: ['create', 'update'],
};

/**
 * Where a file of the product writes the status of imports: `status` for each place that does, and what stands there
 * for each of which that cannot be told. Looks through conditions, spreads, and variables of the same file.
 */
export function statusWrites(source: string, lang: 'ts' | 'tsx' = 'ts'): string[] {
  const sql = [
    ...source.matchAll(/update\s+"?Import"?(?:\s+(?:as\s+)?\w+)?\s+set\b([^`]*?)(?:\bwhere\b|`)/gi),
  ]
    .filter(([, set = '']) => /(?:^|[\s,.(])"?status"?\s*(?:=|,.*\)\s*=)/i.test(set))
    .map(() => 'status');
  if (!/\b(?:update\w*|upsert)\b/.test(source)) return sql;
  const program = nodeOf(parseAst(source, { lang }));
  if (!program) throw new Error('The file cannot be read.');
  const nodes = all(program);
  const textOf = (node: Node) => source.slice(Number(node.start), Number(node.end));

  const looking = new Set<string>();
  const inVariable = (name: string): string[] => {
    if (name === 'undefined' || looking.has(name)) return [];
    looking.add(name);
    const values = nodes
      .filter(({ type, id }) => type === 'VariableDeclarator' && nameOf(nodeOf(id), false) === name)
      .flatMap(({ init }) => nodeOf(init) ?? []);
    const given = nodes.some(
      ({ type, params }) =>
        /Function/.test(type) &&
        z
          .array(anyNode)
          .catch([])
          .parse(params)
          .flatMap(all)
          .some((node) => nameOf(node, false) === name),
    );
    const later = nodes.some(({ type, left }) => {
      const target = nodeOf(left);
      return (
        type === 'AssignmentExpression' &&
        target?.type === 'MemberExpression' &&
        nameOf(nodeOf(target.object), false) === name &&
        [null, 'status'].includes(memberOf(target))
      );
    });
    const found = values.flatMap(inValue);
    looking.delete(name);
    return [...(given || values.length === 0 ? [name] : []), ...(later ? ['status'] : []), ...found];
  };
  const inProperty = (property: Node): string[] => {
    if (property.type === 'SpreadElement') return inValue(nodeOf(property.argument));
    const name = nameOf(nodeOf(property.key), property.computed);
    if (name === null) return [textOf(property)];
    return name === 'status' ? ['status'] : [];
  };
  const inValue = (value: Node | null): string[] => {
    switch (value?.type) {
      case 'ObjectExpression':
        return z.array(anyNode).parse(value.properties).flatMap(inProperty);
      case 'ConditionalExpression':
        return [value.consequent, value.alternate].flatMap((branch) => inValue(nodeOf(branch)));
      case 'LogicalExpression':
        // What stands before “&&” is spread only where it is nothing.
        return [...(value.operator === '&&' ? [] : [value.left]), value.right].flatMap((side) =>
          inValue(nodeOf(side)),
        );
      case 'TSAsExpression':
      case 'TSSatisfiesExpression':
      case 'TSNonNullExpression':
      case 'ParenthesizedExpression':
        return inValue(nodeOf(value.expression));
      case 'Identifier':
        return inVariable(String(value.name));
      case 'Literal':
      case 'BinaryExpression':
      case 'UnaryExpression':
        return [];
      default:
        return [value ? textOf(value) : 'nothing'];
    }
  };
  const objectOf = (value: Node | null): Node | null => {
    if (value?.type !== 'Identifier') return value;
    const declared = nodes.filter(
      ({ type, id }) => type === 'VariableDeclarator' && nameOf(nodeOf(id), false) === value.name,
    );
    return declared.length === 1 ? nodeOf(declared[0]?.init) : null;
  };
  const inCall = (call: Node): string[] => {
    const callee = nodeOf(call.callee);
    const names = written[memberOf(callee) ?? ''];
    if (!names || memberOf(nodeOf(callee?.object)) !== 'import') return [];
    const argument = objectOf(z.array(anyNode).parse(call.arguments)[0] ?? null);
    if (argument?.type !== 'ObjectExpression') return [textOf(call)];
    return z
      .array(anyNode)
      .parse(argument.properties)
      .flatMap((property) => {
        if (property.type === 'SpreadElement') return [textOf(property)];
        const name = nameOf(nodeOf(property.key), property.computed);
        return name === null || names.includes(name) ? inValue(nodeOf(property.value)) : [];
      });
  };
  // Under another name it would not be found.
  const renamed = nodes.filter(
    ({ type, init, id }) =>
      type === 'VariableDeclarator' &&
      ((memberOf(nodeOf(init)) === 'import' && nodeOf(id)?.type === 'Identifier') ||
        /[{,]\s*import\s*:/.test(nodeOf(id)?.type === 'ObjectPattern' ? textOf(nodeOf(id) ?? program) : '')),
  );
  return [
    ...sql,
    ...renamed.map(textOf),
    ...nodes.filter(({ type }) => type === 'CallExpression').flatMap(inCall),
  ];
}

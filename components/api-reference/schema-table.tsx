import { type ApiSchema, limitWords, nameOf, namesIn, objectsIn, typeWords } from './api-document';
import { Prose } from './prose';

const deepest = 6;

/** What a schema is: its type, with links to the schemas that have a name, and its fields. */
export function SchemaView({ schema, depth = 0 }: { schema: ApiSchema; depth?: number }) {
  const objects = objectsIn(schema).filter(({ properties }) => properties);
  return (
    <div className="space-y-2">
      <TypeLine schema={schema} />
      {depth < deepest &&
        objects.map((object, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: alternatives of a schema have no name, and never move
          <Fields key={i} object={object} depth={depth} />
        ))}
    </div>
  );
}

function TypeLine({ schema }: { schema: ApiSchema }) {
  const names = namesIn(schema);
  const limits = limitWords(schema);
  return (
    <p className="text-[13px] [overflow-wrap:anywhere]">
      {(names.length !== 1 || nameOf(schema) === null) && (
        <code className="font-mono">
          {objectsIn(schema).length > 0 && names.length === 0 ? plain(schema) : typeWords(schema)}
        </code>
      )}
      {limits !== '' && <span className="text-muted"> ({limits})</span>}
      {names.map((name) => (
        <a
          key={name}
          href={`#schema-${name}`}
          className="not-first:ml-2 text-accent underline underline-offset-2"
          aria-label={`Schema ${name}`}
        >
          {name}
        </a>
      ))}
    </p>
  );
}

const plain = ({ type, items }: ApiSchema) => (type === 'array' && items ? 'array of objects' : 'object');

function Fields({ object, depth }: { object: ApiSchema; depth: number }) {
  return (
    <dl className="divide-y divide-line rounded-lg border border-line bg-surface">
      {Object.entries(object.properties ?? {}).map(([name, field]) => (
        <div
          key={name}
          className="grid gap-x-4 gap-y-1 px-3 py-2 sm:grid-cols-[minmax(0,12rem)_minmax(0,1fr)]"
        >
          <dt className="font-mono text-[13px] font-medium [overflow-wrap:anywhere]">
            {name}
            {!object.required?.includes(name) && <span className="font-sans text-muted"> optional</span>}
          </dt>
          <dd className="min-w-0">
            <SchemaView schema={field} depth={depth + 1} />
            {field.description && <Prose text={field.description} />}
          </dd>
        </div>
      ))}
    </dl>
  );
}

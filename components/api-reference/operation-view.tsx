import type { ReactNode } from 'react';
import { Badge } from '@/components/ui/badge';
import type { ApiOperation, Method } from './api-document';
import { Prose } from './prose';
import { SchemaView } from './schema-table';

/** One API operation, collapsible: its input, who may call it, and its responses. */
export function OperationView({
  method,
  path,
  operation,
}: {
  method: Method;
  path: string;
  operation: ApiOperation;
}) {
  const { operationId, summary, description, parameters = [], requestBody, responses } = operation;
  return (
    <details id={operationId} className="group scroll-mt-20">
      <summary className="flex cursor-pointer flex-wrap items-center gap-x-3 gap-y-1 px-5 py-3 hover:bg-sunken sm:px-6">
        <span className="w-14 shrink-0 font-mono text-[13px] font-semibold uppercase">{method}</span>
        <code className="font-mono text-[13px] [overflow-wrap:anywhere]">{path}</code>
        <span className="text-sm text-muted">{summary}</span>
      </summary>
      <div className="space-y-5 bg-sunken px-5 py-5 sm:px-6">
        {description && <Prose text={description} />}
        <Part title="Who may ask">
          <p className="text-sm">{whoMayAsk(operation)}</p>
        </Part>
        {parameters.length > 0 && (
          <Part title="Parameters">
            <dl className="divide-y divide-line rounded-lg border border-line bg-surface">
              {parameters.map((parameter) => (
                <div
                  key={`${parameter.in} ${parameter.name}`}
                  className="grid gap-x-4 gap-y-1 px-3 py-2 sm:grid-cols-[minmax(0,12rem)_minmax(0,1fr)]"
                >
                  <dt className="font-mono text-[13px] font-medium [overflow-wrap:anywhere]">
                    {parameter.name}{' '}
                    <span className="font-sans text-muted">
                      {parameter.in}
                      {parameter.required ? '' : ', optional'}
                    </span>
                  </dt>
                  <dd className="min-w-0">
                    {parameter.schema && <SchemaView schema={parameter.schema} />}
                    {parameter.description && <Prose text={parameter.description} />}
                  </dd>
                </div>
              ))}
            </dl>
          </Part>
        )}
        {requestBody && (
          <Part title="Body">
            {Object.entries(requestBody.content).map(([type, { schema }]) => (
              <div key={type} className="space-y-2">
                <p className="text-[13px] text-muted">{type}</p>
                {schema && <SchemaView schema={schema} />}
              </div>
            ))}
          </Part>
        )}
        <Part title="Answers">
          <ul className="space-y-3">
            {Object.entries(responses).map(([status, { description: about, content = {} }]) => (
              <li key={status} className="space-y-2">
                <div className="flex flex-wrap items-baseline gap-2 text-sm">
                  <Badge tone={status.startsWith('4') || status.startsWith('5') ? 'warn' : 'ok'}>
                    {status}
                  </Badge>
                  <span>{about}</span>
                </div>
                {!isRefusal(status) &&
                  Object.entries(content).map(([type, { schema }]) => (
                    <div key={type} className="space-y-2">
                      <p className="text-[13px] text-muted">{type}</p>
                      {schema && <SchemaView schema={schema} />}
                    </div>
                  ))}
              </li>
            ))}
          </ul>
        </Part>
      </div>
    </details>
  );
}

/** All of them have the same body, Refusal, which stands with the schemas. */
const isRefusal = (status: string) => status.startsWith('4') || status.startsWith('5');

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h4 className="mb-2 text-[13px] font-semibold tracking-wide">{title}</h4>
      {children}
    </section>
  );
}

function whoMayAsk({ security }: ApiOperation): string {
  if (security.length === 0) return 'Anybody.';
  const scopes = security.flatMap((way) => way.token ?? []);
  return scopes.length > 0
    ? `Whoever is signed in, or an API token with the scope ${scopes.join(', ')}.`
    : 'Whoever is signed in. No API token.';
}

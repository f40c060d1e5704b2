'use client';

import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { sendOpenly, sentenceOf } from '@/components/api/client';
import { Page } from '@/components/shell/page';
import { Button } from '@/components/ui/button';
import { Card, CardHeader } from '@/components/ui/card';
import { Notice } from '@/components/ui/notice';
import { SkeletonRows } from '@/components/ui/skeleton';
import { addressOf } from '@/lib/shared/api/client';
import { type ApiDocument, methods } from './api-document';
import { OperationView } from './operation-view';
import { Prose } from './prose';
import { SchemaView } from './schema-table';

const url = addressOf('/openapi.json', {});

/** What the API can do, from the OpenAPI document of this server, in the page's own markup and colours. */
export function ApiReferenceScreen() {
  const { data, error, refetch } = useQuery({
    queryKey: ['openapi'],
    queryFn: async ({ signal }): Promise<ApiDocument> =>
      (await sendOpenly(new Request(url, { signal }))).json(),
    staleTime: Number.POSITIVE_INFINITY,
  });
  useOpenedByAddress(data !== undefined);
  return (
    <Page
      title="API reference"
      about={
        <>
          What scripts can ask of this server. For programs:{' '}
          <a href={url} className="underline underline-offset-2 hover:text-ink">
            {url}
          </a>{' '}
          (OpenAPI 3.1).
        </>
      }
    >
      {error && (
        <Notice
          tone="danger"
          title="The reference could not be loaded"
          action={<Button onClick={() => void refetch()}>Try again</Button>}
        >
          {sentenceOf(error)}
        </Notice>
      )}
      {!data && !error && (
        <Card>
          <SkeletonRows count={8} label="Loading the reference" />
        </Card>
      )}
      {data && (
        <div className="space-y-6">
          <Card>
            <CardHeader title={`Version ${data.info.version}`} />
            <div className="space-y-3 px-5 pb-5 sm:px-6">
              <Prose text={data.info.description} />
            </div>
          </Card>
          {data.tags.map(({ name, description }) => (
            <Card key={name} className="overflow-hidden">
              <CardHeader title={name} about={description} />
              <div className="divide-y divide-line border-t border-line">
                {operationsOf(data, name).map((operation) => (
                  <OperationView key={operation.operation.operationId} {...operation} />
                ))}
              </div>
            </Card>
          ))}
          <Card className="overflow-hidden">
            <CardHeader title="Schemas" about="What the bodies of requests and answers are made of." />
            <div className="divide-y divide-line border-t border-line">
              {Object.entries(data.components.schemas).map(([name, schema]) => (
                <details key={name} id={`schema-${name}`} className="scroll-mt-20">
                  <summary className="cursor-pointer px-5 py-3 font-mono text-[13px] hover:bg-sunken sm:px-6">
                    {name}
                  </summary>
                  <div className="space-y-3 bg-sunken px-5 py-5 sm:px-6">
                    {schema.description && <Prose text={schema.description} />}
                    <SchemaView schema={schema} />
                  </div>
                </details>
              ))}
            </div>
          </Card>
        </div>
      )}
    </Page>
  );
}

function operationsOf({ paths, servers }: ApiDocument, tag: string) {
  return Object.entries(paths).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item[method];
      const [server] = item.servers ?? servers;
      return operation?.tags.includes(tag) ? [{ path: `${server?.url}${path}`, method, operation }] : [];
    }),
  );
}

/** Opens what the address names (`#postImports`, `#schema-Import`), at first and whenever a link is followed. */
function useOpenedByAddress(loaded: boolean): void {
  useEffect(() => {
    if (!loaded) return;
    const open = () => {
      const named = document.getElementById(decodeURIComponent(window.location.hash.slice(1)));
      if (!(named instanceof HTMLDetailsElement)) return;
      named.open = true;
      named.scrollIntoView();
      named.querySelector('summary')?.focus({ preventScroll: true });
    };
    open();
    window.addEventListener('hashchange', open);
    return () => window.removeEventListener('hashchange', open);
  }, [loaded]);
}

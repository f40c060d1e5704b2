'use client';

// Swagger UI shows OpenAPI 3.1, can be bundled (no CDN), and keeps to the policy of pages as it is; it is fetched on
// this page alone. Scalar and Redoc bring a hundred packages, or telemetry.
import 'swagger-ui-dist/swagger-ui.css';
import { useEffect, useRef, useState } from 'react';
import { Page } from '@/components/shell/page';
import { Card } from '@/components/ui/card';
import { Notice } from '@/components/ui/notice';
import { SkeletonRows } from '@/components/ui/skeleton';

const url = '/api/openapi.json';

/** What the API can do, from the OpenAPI document of this server. */
export function ApiReferenceScreen() {
  const place = useRef<HTMLDivElement>(null);
  const [state, setState] = useState<'loading' | 'shown' | 'failed'>('loading');
  useEffect(() => {
    const domNode = document.createElement('div');
    place.current?.replaceChildren(domNode);
    import('swagger-ui-dist/swagger-ui-es-bundle.js').then(
      ({ default: show }) => {
        show({
          domNode,
          url,
          deepLinking: true,
          docExpansion: 'list',
          defaultModelsExpandDepth: 0,
          // Trying out a removal would remove.
          supportedSubmitMethods: ['get'],
          validatorUrl: null,
        });
        setState('shown');
      },
      () => setState('failed'),
    );
    return () => domNode.remove();
  }, []);
  useDarkSwagger();
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
      {state === 'failed' && (
        <Notice tone="danger" title="The reference could not be loaded">
          Check your connection and reload the page.
        </Notice>
      )}
      {/* Swagger UI has its own colours, made for these grounds. */}
      <Card
        className={`overflow-x-auto bg-white text-black dark:bg-[#1c2022] ${state === 'failed' ? 'hidden' : ''}`}
      >
        {state === 'loading' && <SkeletonRows count={8} label="Loading the reference" />}
        <div ref={place} />
      </Card>
    </Page>
  );
}

/** Swagger UI is dark below a class on the root, and knows nothing of what the browser prefers. */
function useDarkSwagger(): void {
  useEffect(() => {
    const dark = window.matchMedia('(prefers-color-scheme: dark)');
    const root = document.documentElement.classList;
    const follow = () => void root.toggle('dark-mode', dark.matches);
    follow();
    dark.addEventListener('change', follow);
    return () => {
      dark.removeEventListener('change', follow);
      root.remove('dark-mode');
    };
  }, []);
}

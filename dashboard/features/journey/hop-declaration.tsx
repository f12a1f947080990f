'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { readDeclaration } from '../../api/declarations.ts';
import type { Declaration as Whole } from '../../api/delivery.ts';
import { CommitText } from '../../ui/commit-text.tsx';
import { CopyButton, CopyText } from '../../ui/copy-text.tsx';
import { formatTime } from '../../ui/format.ts';
import { PathText } from '../../ui/path-text.tsx';
import { problemOf } from '../../ui/problem-of.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { journeyTexts as said } from '../../ui/texts/journeys.ts';
import { useNow } from '../../ui/use-now.ts';
import type { Declaration } from './declaration.ts';

interface Props { readonly environment: string; readonly service: string; readonly declaration: Extract<Declaration, { readonly line: string }> }

/** Who decided that this hop may happen: the line of the model, the commit that put it there, and what it became in one environment. */
export function HopDeclaration({ environment, service, declaration }: Props) {
  const { kind, line } = declaration;
  const subject = kind === 'reference' ? { reference: declaration.reference } : { workload: service };
  const { data, error, refetch } = useQuery({
    queryKey: ['declaration', environment, subject], queryFn: ({ signal }) => readDeclaration(environment, subject, signal), staleTime: 60_000,
  });
  return (
    <section data-declaration={kind === 'reference' ? declaration.reference : service} aria-busy={!data && !error}>
      <h3 className="mb-1.5 text-sm font-extrabold tracking-normal [overflow-wrap:anywhere]">{kind === 'reference' ? `${said.reference} ${declaration.reference}` : said.declaredAt}</h3>
      <p className="flex items-baseline gap-1"><PathText text={data?.declaredAt ?? line} /><CopyText text={data?.declaredAt ?? line} /></p>
      {error && <div className="my-2"><ProblemNotice problem={problemOf(error)} onRetry={() => void refetch()} /></div>}
      {!data && !error && <p className="text-dim">{said.loadingDeclaration}</p>}
      {data && <Shown data={data} environment={environment} />}
      {kind === 'reference' && declaration.policies.length > 0 && (
        <>
          <h4 className="eyebrow mt-3">{said.policies}</h4>
          <ul>{declaration.policies.map((name) => <li key={name}><PathText text={name} /></li>)}</ul>
        </>
      )}
    </section>
  );
}

function Shown({ data: { source, put, manifests }, environment }: { readonly data: Whole; readonly environment: string }) {
  const now = useNow();
  return (
    <>
      <Lines label={said.source(source.path)} lines={source.lines} from={source.from} line={source.line} data-source={source.path} />
      <p className="mt-1.5 text-sm [overflow-wrap:anywhere]" data-put={put?.commit}>
        {put ? <><span className="text-dim">{said.putBy(put.author)}</span> <CommitText commit={put.commit} /> {put.summary}{put.pull !== undefined && <>, <Link data-pull={put.pull} className="font-bold text-go underline-offset-4 hover:underline" href={`/pulls/${put.pull}`}>{said.pull(put.pull)}</Link></>}{now > 0 && <span className="text-dim">, {formatTime(Date.parse(put.at), now)}</span>}</> : <span className="text-dim">{said.putUnknown}</span>}
      </p>
      <h4 className="eyebrow mt-3 mb-1">{said.manifestOf(environment)}</h4>
      {manifests.length === 0 && <p className="text-dim">{said.noManifests}</p>}
      {manifests.map(({ path, text, line }, index) => (
        <details key={path} open={index === 0} className="mb-1">
          <summary className="min-h-7"><PathText text={path} /></summary>
          <div className="mb-1 flex justify-end gap-2"><Link href={manifestHref(environment, path)} className="px-1.5 py-0.5 text-sm font-bold text-go hover:underline">{said.openManifest}</Link><CopyButton text={text} label={said.copyFile} /></div>
          <Lines label={path} lines={text.split(/(?<=\n)/).map((one) => one.replace(/\n$/, ''))} from={1} line={line} bytes={text} data-manifest={path} />
        </details>
      ))}
    </>
  );
}

/** The same file among all others, with the line of the model behind each of its objects. */
function manifestHref(environment: string, path: string): string {
  return `/environments/${environment}/manifests?${new URLSearchParams({ path: path.replace(`synth/${environment}/`, '') })}`;
}

interface LinesProps { readonly label: string; readonly lines: readonly string[]; readonly from: number; readonly line: number; readonly bytes?: string; readonly 'data-source'?: string; readonly 'data-manifest'?: string }

/** Lines of a file with the one that counts in the light, and in sight. The element holds the bytes of the file: numbers are written by the style sheet. */
function Lines({ label, lines, from, line, bytes, ...names }: LinesProps) {
  const ends = bytes === undefined || bytes.endsWith('\n');
  const show = (element: HTMLPreElement | null) => {
    const marked = element?.querySelector<HTMLElement>('[data-marked]');
    if (element && marked) element.scrollTop = marked.offsetTop - element.offsetTop - 60;
  };
  return (
    <pre ref={show} tabIndex={0} aria-label={label} {...names} className="manifest-text max-h-72 overflow-auto rounded bg-panel py-2 font-mono text-[0.8125rem] leading-5">
      {lines.map((text, index) => (
        <span key={index} data-marked={from + index === line || undefined} style={{ counterSet: `line ${from + index}` }}>
          <span>{text}</span>{index < lines.length - 1 || ends ? '\n' : ''}
        </span>
      ))}
    </pre>
  );
}

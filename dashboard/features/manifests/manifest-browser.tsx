'use client';
import Link from 'next/link';
import { CommitText } from '../../ui/commit-text.tsx';
import { CopyButton } from '../../ui/copy-text.tsx';
import { EnvironmentSign } from '../../ui/environment-sign.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { problemOf } from '../../ui/problem-of.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { EmptyNote, LoadingNote } from '../../ui/state-note.tsx';
import { manifestTexts as said } from '../../ui/texts/manifests.ts';
import { useUrlStates } from '../../ui/url-state.ts';
import { environments } from '../environments.ts';
import { FileNavigation } from './file-navigation.tsx';
import { ManifestFile } from './manifest-file.tsx';
import { useManifestList } from './use-manifests.ts';

const commitShape = /^[0-9a-f]{40}$/;

/** The rendered files of an environment beside the model: from a file to its lines, and from a line to its files. */
export function ManifestBrowser({ environment }: { readonly environment: string }) {
  const [params, setParams] = useUrlStates();
  const asked = params.get('commit') ?? '';
  const commit = commitShape.test(asked) ? asked : undefined;
  const path = params.get('path') ?? undefined;
  const { data, error, refetch } = useManifestList(environment, commit);
  return (
    <>
      <Link href="/environments" className="mb-3 inline-block font-bold text-go underline-offset-4 hover:underline">← {said.back}</Link>
      <PageHead title={<span className="flex flex-wrap items-center gap-3">{said.title} <EnvironmentSign name={environment} /></span>} lead={said.lead}>
        <div className="grid gap-1 text-sm">
          <p className="flex flex-wrap gap-x-4">{environments.filter((name) => name !== environment).map((name) => <Link key={name} href={`/environments/${name}/manifests${path ? `?path=${encodeURIComponent(path)}` : ''}`} className="font-bold text-go underline-offset-4 hover:underline">{name}</Link>)}</p>
          {data && <p className="flex flex-wrap items-baseline gap-x-2">{said.commit} <CommitText commit={data.commit} /> {commit ? <button type="button" className="font-bold text-go underline-offset-4 hover:underline" onClick={() => setParams({ commit: null })}>{said.toNewest}</button> : <span className="text-dim">{said.newest}</span>}<Permalink environment={environment} commit={data.commit} path={path} /></p>}
        </div>
      </PageHead>
      {error && <div className="mb-5"><ProblemNotice problem={problemOf(error)} onRetry={() => void refetch()} /></div>}
      {!data && !error && <LoadingNote text={said.loading} rows={8} />}
      {data?.files?.length === 0 && <EmptyNote title={said.empty} next={said.emptyNext} />}
      {data?.files && data.files.length > 0 && (
        <div className="grid items-start gap-5 lg:grid-cols-[19rem_minmax(0,1fr)]">
          <FileNavigation environment={environment} files={data.files} path={path} by={params.get('by') === 'line' ? 'line' : 'file'} onBy={(by) => setParams({ by: by === 'line' ? by : null })} onFile={(file) => setParams({ path: file, object: null })} />
          {path === undefined ? <EmptyNote title={said.choose} next={said.chooseSaid} />
            : <ManifestFile environment={environment} path={path} commit={commit} object={params.get('object')} onObject={(object) => setParams({ object })} onFile={(file) => setParams({ path: file, object: null })} />}
        </div>
      )}
    </>
  );
}

function Permalink({ environment, commit, path }: { readonly environment: string; readonly commit: string; readonly path: string | undefined }) {
  const at = `/environments/${environment}/manifests?${new URLSearchParams({ ...(path !== undefined && { path }), commit })}`;
  return <CopyButton text={typeof window === 'undefined' ? at : window.location.origin + at} label={said.permalink} />;
}

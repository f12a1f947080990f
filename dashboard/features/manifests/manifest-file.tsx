'use client';
import { useEffect, useMemo } from 'react';
import { CopyButton, CopyText } from '../../ui/copy-text.tsx';
import { Breaking, PathText } from '../../ui/path-text.tsx';
import { problemOf } from '../../ui/problem-of.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { LoadingNote } from '../../ui/state-note.tsx';
import { manifestTexts as said } from '../../ui/texts/manifests.ts';
import { useDeclared } from '../use-declared.ts';
import { objectAt, type ObjectLine } from './file-tree.ts';
import { ManifestText, lineId } from './manifest-text.tsx';
import { linesOf } from './model-lines.ts';
import { useManifest, useManifestList } from './use-manifests.ts';

interface Props {
  readonly environment: string;
  readonly path: string;
  readonly commit: string | undefined;
  /** `Deployment/gateway`: whose lines are marked. */
  readonly object: string | null;
  readonly onObject: (object: string | null) => void;
  readonly onFile: (path: string) => void;
}

/** One file as it is in git, and the objects in it with the lines of the model that decided them. */
export function ManifestFile({ environment, path, commit, object, onObject, onFile }: Props) {
  const { data, error, refetch, isPlaceholderData } = useManifest(environment, path, commit);
  const objects = useMemo(() => data?.objects ?? [], [data]);
  const chosen = objects.find((each) => each.object === object);
  useEffect(() => {
    const line = chosen && document.getElementById(lineId(chosen.line));
    // Within its box: the page itself stays where it is.
    if (line?.parentElement) line.parentElement.scrollTop = line.offsetTop - line.parentElement.offsetTop - 40;
  }, [chosen]);
  if (error) return <ProblemNotice problem={problemOf(error)} onRetry={() => void refetch()} />;
  if (data?.text === undefined) return <LoadingNote text={said.loadingFile} rows={8} />;
  const { text } = data;
  const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
  return (
    <section aria-labelledby="file" aria-busy={isPlaceholderData} className="grid min-w-0 gap-4">
      <div className="panel min-w-0 overflow-clip">
        <header className="flex flex-wrap items-baseline gap-x-4 gap-y-1 border-b border-rule px-4 py-2.5">
          <h2 id="file" className="min-w-0 grow font-mono text-sm tracking-normal [overflow-wrap:anywhere]"><Breaking text={data.path ?? path} /></h2>
          <span className="text-sm text-dim">{said.lineCount(lines)}</span>
          <CopyButton text={text} label={said.copy} />
        </header>
        {objects.length > 0 ? <Objects objects={objects} chosen={chosen} onObject={onObject} /> : <p className="px-4 py-2 text-sm text-dim">{said.noObjects}</p>}
        {chosen && <Siblings environment={environment} path={path} commit={commit} declaredAt={chosen.declaredAt} onFile={onFile} />}
        <ManifestText path={path} text={text} objects={objects} chosen={chosen} onLine={(line) => onObject(objectAt(objects, line)?.object ?? null)} />
      </div>
    </section>
  );
}

function Objects({ objects, chosen, onObject }: { readonly objects: readonly ObjectLine[]; readonly chosen: ObjectLine | undefined; readonly onObject: (object: string | null) => void }) {
  return (
    <table className="block max-h-72 w-full overflow-y-auto border-b border-rule text-left text-sm sm:table" >
      <caption className="sr-only">{said.objects}</caption>
      <thead className="sr-only"><tr><th scope="col">{said.objects}</th><th scope="col">{said.declaredAt}</th></tr></thead>
      <tbody className="block sm:table-row-group">
        {objects.map((each) => (
          <tr key={`${each.object} ${each.line}`} data-object={each.object} className={`grid border-t border-rule first:border-t-0 sm:table-row ${each === chosen ? 'bg-sunk shadow-[inset_4px_0_0_var(--go)]' : ''}`}>
            <th scope="row" className="px-4 pt-1.5 font-normal sm:py-1.5">
              <button type="button" aria-pressed={each === chosen} onClick={() => onObject(each === chosen ? null : each.object)} className="min-h-7 text-left font-bold text-go underline-offset-4 [overflow-wrap:anywhere] hover:underline">{each.object}</button> <span className="text-dim">{said.line(each.line)}</span>
            </th>
            <td className="px-4 pb-1.5 sm:py-1.5 sm:text-right"><PathText text={each.declaredAt} className="[overflow-wrap:anywhere]" /><CopyText text={each.declaredAt} /></td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The other way: everything else that the same line of the model made. */
function Siblings({ environment, path, commit, declaredAt, onFile }: Pick<Props, 'environment' | 'path' | 'commit' | 'onFile'> & { readonly declaredAt: string }) {
  const { data: graph } = useDeclared(environment);
  const { data: list } = useManifestList(environment, commit);
  const others = graph && list?.files ? linesOf(graph, list.files).find(({ line }) => line === declaredAt)?.paths.filter((other) => other !== path) ?? [] : [];
  if (others.length === 0) return null;
  return (
    <div className="border-b border-rule bg-sunk px-4 py-2 text-sm" data-siblings={declaredAt}>
      <p className="text-dim"><PathText text={declaredAt} className="text-ink" />: {said.others}</p>
      <ul className="flex flex-wrap gap-x-5">{others.map((other) => <li key={other}><button type="button" className="py-0.5 text-left font-bold text-go underline-offset-4 [overflow-wrap:anywhere] hover:underline" onClick={() => onFile(other)}>{other}</button></li>)}</ul>
    </div>
  );
}

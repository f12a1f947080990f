'use client';
import { Breaking } from '../../ui/path-text.tsx';
import { problemOf } from '../../ui/problem-of.ts';
import { manifestTexts as said } from '../../ui/texts/manifests.ts';
import { useDeclared } from '../use-declared.ts';
import { foldersOf } from './file-tree.ts';
import { linesOf } from './model-lines.ts';

interface Props {
  readonly environment: string;
  readonly files: readonly string[];
  readonly path: string | undefined;
  readonly by: 'file' | 'line';
  readonly onBy: (by: 'file' | 'line') => void;
  readonly onFile: (path: string) => void;
}

/** The way in: from the folder, or from the line of the model. Folded away on a phone once a file is open. */
export function FileNavigation({ environment, files, path, by, onBy, onFile }: Props) {
  return (
    <details open className="panel min-w-0 lg:sticky lg:top-5 lg:max-h-[calc(100dvh-2.5rem)] lg:overflow-y-auto">
      <summary className="px-4 py-2.5 font-extrabold -outline-offset-3">{by === 'file' ? said.files : said.lines} <span className="font-normal text-dim">{said.makes(files.length)}</span></summary>
      <fieldset className="mx-4 mb-3 inline-flex overflow-clip rounded border-[1.5px] border-dim text-sm">
        <legend className="sr-only">{said.by.label}</legend>
        {(['file', 'line'] as const).map((name) => (
          <label key={name} className="relative border-l-[1.5px] border-dim px-3 py-1.5 font-bold first:border-l-0 has-checked:bg-sign has-checked:text-sign-ink has-focus-visible:outline-3 has-focus-visible:-outline-offset-3 has-focus-visible:outline-go dark:has-checked:bg-ink dark:has-checked:text-ground">
            <input type="radio" name="by" value={name} checked={by === name} onChange={() => onBy(name)} className="absolute inset-0 cursor-pointer opacity-0" />
            {said.by[name]}
          </label>
        ))}
      </fieldset>
      <nav aria-label={by === 'file' ? said.files : said.lines} className="max-h-80 overflow-y-auto overscroll-contain border-t border-rule pb-2 lg:max-h-none">
        {by === 'file' ? foldersOf(files).map((folder) => (
          <section key={folder.name} className="pt-2">
            {folder.name !== '' && <h2 className="px-4 pb-0.5 font-mono text-[0.8125rem] font-normal tracking-normal text-dim [overflow-wrap:anywhere]">{folder.name}/</h2>}
            <ul>{folder.files.map((file) => <FileLink key={file.path} environment={environment} name={file.name} path={file.path} here={file.path === path} onFile={onFile} />)}</ul>
          </section>
        )) : <ModelLines environment={environment} files={files} path={path} onFile={onFile} />}
      </nav>
    </details>
  );
}

function ModelLines({ environment, files, path, onFile }: Pick<Props, 'environment' | 'files' | 'path' | 'onFile'>) {
  const { data: graph, error } = useDeclared(environment);
  if (error) return <p className="p-4 text-sm text-wrong">{said.noGraph} {problemOf(error).detail}</p>;
  if (!graph) return <p className="p-4 text-dim">{said.loading}</p>;
  const lines = linesOf(graph, files);
  if (lines.length === 0) return <p className="p-4 text-sm text-dim">{said.noLines}</p>;
  return lines.map(({ line, names, paths }) => (
    <section key={line} className="pt-2" data-line-of-model={line}>
      <h2 className="px-4 font-mono text-[0.8125rem] font-bold tracking-normal [overflow-wrap:anywhere]"><Breaking text={line} /></h2>
      <p className="px-4 text-[0.8125rem] text-dim [overflow-wrap:anywhere]">{names.join(', ')}</p>
      <ul>{paths.map((file) => <FileLink key={file} environment={environment} name={file} path={file} here={file === path} onFile={onFile} />)}</ul>
    </section>
  ));
}

interface LinkProps { readonly environment: string; readonly name: string; readonly path: string; readonly here: boolean; readonly onFile: (path: string) => void }

/** A true link, so that it can be opened elsewhere; here it only changes what stands beside it. */
function FileLink({ environment, name, path, here, onFile }: LinkProps) {
  return (
    <li>
      <a href={`/environments/${environment}/manifests?${new URLSearchParams({ path })}`} aria-current={here ? 'true' : undefined}
        onClick={(event) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey) return;
          event.preventDefault();
          onFile(path);
        }}
        className="block px-4 py-1 text-sm -outline-offset-3 [overflow-wrap:anywhere] hover:bg-sunk aria-[current]:bg-sunk aria-[current]:font-bold aria-[current]:shadow-[inset_4px_0_0_var(--go)]">
        <Breaking text={name} />
      </a>
    </li>
  );
}

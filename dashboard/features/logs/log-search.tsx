'use client';
import type { FormEvent, MouseEvent } from 'react';
import { logTexts as said } from '../../ui/texts/logs.ts';
import { isRange, ranges } from './question.ts';

interface Props {
  readonly params: URLSearchParams;
  readonly onChange: (values: Readonly<Record<string, string | null>>) => void;
  readonly exportPath: string;
  readonly exporting: boolean;
  readonly onExport: () => void;
}

/** What is asked for; all of it stands in the address. */
export function LogSearch({ params, onChange, exportPath, exporting, onExport }: Props) {
  const query = params.get('q') ?? '';
  const zoomed = params.has('from');
  const range = params.get('range');
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const text = String(new FormData(event.currentTarget).get('q') ?? '').trim();
    onChange({ q: text === '' ? null : text, line: null });
  };
  // Opened in another tab, or copied, it is a link like others.
  const take = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (!exporting) onExport();
  };
  return (
    <form role="search" onSubmit={submit} className="panel mb-4 grid gap-x-4 gap-y-3 p-4 sm:px-5 lg:grid-cols-[minmax(0,1fr)_auto_auto]">
      <label className="grid min-w-0 gap-1"><span className="flex flex-wrap justify-between gap-x-3"><span className="font-bold">{said.search}</span><code className="hidden font-mono text-xs text-dim sm:inline">{said.searchHint}</code></span>
        <span className="flex gap-2"><input key={query} name="q" type="search" defaultValue={query} maxLength={500} autoComplete="off" spellCheck={false} className="field font-mono text-sm" /><button className="button-go">{said.searchButton}</button></span>
      </label>
      <label className="grid gap-1"><span className="font-bold">{said.range}</span>
        <select className="field" value={zoomed ? 'zoomed' : isRange(range) ? range : '1h'} onChange={(event) => onChange({ range: event.target.value === '1h' ? null : event.target.value, from: null, to: null, line: null })}>
          {zoomed && <option value="zoomed">{said.zoomed}</option>}
          {Object.keys(ranges).filter(isRange).map((name) => <option key={name} value={name}>{said.ranges[name]}</option>)}
        </select>
      </label>
      <a href={exportPath} download="logs.ndjson" aria-busy={exporting} onClick={take} className="self-end font-bold text-go underline-offset-4 hover:underline lg:pb-3">{said.export}</a>
    </form>
  );
}

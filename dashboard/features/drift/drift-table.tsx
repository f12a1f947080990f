import type { FleetDrift } from '../../api/delivery.ts';
import { driftTexts as said } from '../../ui/texts/drift.ts';

/** Field by field: what main says beside what runs. On a phone a row becomes a small list; the roles say that it is a table still. */
export function DriftTable({ rows }: { readonly rows: FleetDrift['drift'] }) {
  return (
    <table role="table" className="w-full border-t sm:table-fixed border-rule text-left max-sm:block">
      <caption className="sr-only">{said.caption}</caption>
      <thead role="rowgroup" className="text-sm text-dim max-sm:sr-only">
        <tr role="row">{[said.columns.workload, said.columns.field, said.columns.desired, said.columns.live].map((name) => <th key={name} role="columnheader" scope="col" className="px-4 py-1.5 font-normal sm:px-5">{name}</th>)}</tr>
      </thead>
      <tbody role="rowgroup" className="max-sm:block">
        {rows.map(({ workload, field, desired, live }, place) => (
          <tr role="row" key={`${place} ${workload} ${field}`} data-field={`${workload} ${field}`} className="border-t border-rule align-top max-sm:grid max-sm:grid-cols-2 max-sm:gap-x-4 max-sm:gap-y-1 max-sm:px-4 max-sm:py-3">
            <th role="rowheader" scope="row" className="font-extrabold [overflow-wrap:anywhere] sm:px-5 sm:py-2.5">{workload}</th>
            <td role="cell" className="font-mono text-sm font-bold [overflow-wrap:anywhere] sm:px-5 sm:py-2.5">{field}</td>
            <Value name={said.columns.desired} value={desired} className="text-ink" />
            <Value name={said.columns.live} value={live} className="font-bold text-[var(--health-progressing)]" />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Value({ name, value, className }: { readonly name: string; readonly value: string; readonly className: string }) {
  return <td role="cell" className={`font-mono text-sm [overflow-wrap:anywhere] sm:px-5 sm:py-2.5 ${className}`}><span aria-hidden="true" className="eyebrow block font-sans sm:hidden">{name}</span>{value === '' ? said.nothing : value}</td>;
}

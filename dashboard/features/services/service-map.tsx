'use client';
import { useMemo, type ReactNode } from 'react';
import type { Declared } from '../../api/declared.ts';
import { serviceTexts as said } from '../../ui/texts/services.ts';
import type { Place } from '../workloads/line-path.ts';
import { networkOf } from '../workloads/network-layout.ts';
import { EdgeTrack } from './edge-track.tsx';
import { mapOf } from './map-places.ts';
import type { SeenEdge } from './seen-edges.ts';
import { MapStop } from './map-stop.tsx';

interface Props {
  readonly graph: Declared;
  readonly edges: readonly SeenEdge[];
  /** Of the range: what the edges' requests are divided by. */
  readonly seconds: number;
  readonly consumes: readonly string[];
  readonly health: ReadonlyMap<string, string>;
  readonly chosen: SeenEdge | undefined;
  readonly onChoose: (key: string | null) => void;
  readonly standard: boolean;
  readonly onStandard: (on: boolean) => void;
}

/** The declared references as a line map, each coloured by what was seen of it. On a phone the table alone says it. */
export function ServiceMap({ graph, edges, seconds, consumes, health, chosen, onChoose, standard, onStandard }: Props) {
  const network = useMemo(() => networkOf(graph, new Set(consumes)), [graph, consumes]);
  const { places, width, height } = useMemo(() => mapOf(network), [network]);
  const lines = edges.flatMap((edge) => {
    const way = edge.standard || edge.declaredAt === undefined ? undefined : network.lines.find(({ reference }) => reference === edge.reference);
    if (way) return [{ edge, points: way.points.map(places.at), curved: false }];
    const [from, to] = [places.stations.get(edge.from), places.stations.get(edge.to)];
    return from && to && (edge.standard || edge.declaredAt === undefined) ? [{ edge, points: [from, to], curved: true }] : [];
  });
  const undeclared = edges.filter(({ standing }) => standing === 'undeclared').length;
  const drawn = lines.toSorted((a, b) => rank(a.edge) - rank(b.edge));
  return (
    <section aria-labelledby="map" className="panel min-w-0 overflow-clip">
      <header className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1 px-4 pt-3 sm:px-5">
        <h2 id="map" className="text-2xl">{said.map.title}</h2>
        <ul className="flex flex-wrap gap-x-5 text-sm font-bold">
          <li className="flex items-center gap-2"><Sample className="bg-[var(--line-request)]" />{said.map.seen}</li>
          <li className="flex items-center gap-2"><Sample className="bg-rule" />{said.map.unseen}</li>
          <li className={`flex items-center gap-2 ${undeclared > 0 ? 'text-wrong' : ''}`}><Sample className="bg-wrong" />{undeclared} {said.map.undeclared}</li>
        </ul>
        <label className="flex min-h-9 items-center gap-2 font-bold"><input type="checkbox" className="size-4 accent-[var(--go-solid)]" checked={standard} onChange={(event) => onStandard(event.target.checked)} />{said.map.standard}</label>
      </header>
      <svg viewBox={`0 0 ${width} ${height}`} className="hidden w-full sm:block" role="group" aria-label={said.map.label(edges.length, undeclared)}>
        {drawn.map(({ edge, points, curved }) => (
          <Chosen key={edge.key} edge={edge} onChoose={onChoose} chosen={edge === chosen}><EdgeTrack edge={edge} points={points} curved={curved} chosen={edge === chosen} seconds={seconds} /></Chosen>
        ))}
        {network.stations.map((station) => {
          const place: Place = places.at(station);
          const uses = edges.filter(({ from, to }) => from === station.name && station.backings.includes(to));
          return <MapStop key={station.name} name={station.name} place={place} health={health.get(station.name) ?? 'Unknown'} uses={uses} wrap={(edge, child) => <Chosen key={edge.key} edge={edge} onChoose={onChoose} chosen={edge === chosen}>{child}</Chosen>} />;
        })}
      </svg>
    </section>
  );
}

/** What is drawn later lies above. */
const rank = ({ standard, standing }: SeenEdge) => (standard ? 0 : standing === 'unseen' ? 1 : standing === 'seen' ? 2 : 3);

/** A link: it can be reached by keys, and opened elsewhere. */
function Chosen({ edge, chosen, onChoose, children }: { readonly edge: SeenEdge; readonly chosen: boolean; readonly onChoose: (key: string | null) => void; readonly children: ReactNode }) {
  return (
    <a href={`?edge=${encodeURIComponent(edge.key)}`} aria-current={chosen || undefined} data-track={edge.key} data-standing={edge.standing} data-line={edge.line}
      className="group outline-none" onClick={(event) => { if (event.metaKey || event.ctrlKey) return; event.preventDefault(); onChoose(chosen ? null : edge.key); }}>
      <title>{`${said.map.edge(edge.from, edge.to)}: ${said.standings[edge.standing]}`}</title>
      {children}
    </a>
  );
}

function Sample({ className }: { readonly className: string }) {
  return <span className={`h-1.5 w-6 rounded-full ${className}`} aria-hidden="true" />;
}

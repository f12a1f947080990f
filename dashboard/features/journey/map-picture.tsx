'use client';
import type { ReactNode } from 'react';
import type { Declared, DeclaredEdge } from '../../api/declared.ts';
import { journeyMapTexts as said } from '../../ui/texts/journey-map.ts';
import type { Network } from '../workloads/network-layout.ts';
import { branchOf, type Drawing } from './map-drawing.ts';
import { MapEdge } from './map-edge.tsx';
import { MapStation } from './map-station.tsx';
import { standingOf, type Mark, type Way } from './way.ts';

interface Props {
  readonly network: Network;
  readonly drawing: Drawing;
  readonly graph: Declared;
  readonly way: Way;
  /** The hop in the address. */
  readonly selected: string | null;
  /** The id of what says the order in words. */
  readonly told: string;
  readonly upright: boolean;
  readonly onChoose: (mark: Mark) => void;
  readonly className: string;
}

/** The map itself. What is ahead lies below; then what was ridden, in its turn, so that keys and readers follow the request. */
export function MapPicture({ network, drawing, graph, way, selected, told, upright, onChoose, className }: Props) {
  const { stations, tracks, hang } = drawing;
  const branches = network.stations.flatMap(({ name, kind }) => {
    const place = stations.get(name);
    if (!place || kind === 'queue') return [];
    const own = graph.edges.filter((edge) => edge.kind === 'backing' && edge.from === name && !stations.has(edge.to));
    return own.map((edge, index) => ({ edge, ...branchOf(place, hang, index), label: edge.to }));
  });
  const lines = network.lines.flatMap(({ reference }) => {
    const [edge, track] = [graph.edges.find((each) => each.reference === reference), tracks.get(reference)];
    return edge && track ? [{ edge, ...track, label: undefined }] : [];
  });
  const turnOf = ({ reference }: DeclaredEdge) => way.edges.get(reference)?.turn ?? 0;
  return (
    <svg viewBox={`0 0 ${drawing.width} ${drawing.height}`} className={`w-full ${className}`} role="group" aria-label={said.title} aria-describedby={told}>
      {[...branches.toReversed(), ...lines].toSorted((a, b) => turnOf(a.edge) - turnOf(b.edge)).map(({ edge, path, middle, label }) => {
        const mark = way.edges.get(edge.reference);
        return (
          <Choice key={edge.reference} inside={graph.environment} kind="edge" name={edge.reference} mark={mark} selected={selected} onChoose={onChoose}
            label={mark ? (label === undefined ? said.step : said.backing)(mark.turn, edge.from, edge.to, said.standings[standingOf(mark)], mark.hops.length) : said.ahead(edge.from, edge.to)}>
            <MapEdge path={path} middle={middle} label={label} mark={mark} dashed={edge.kind === 'backing' && stations.has(edge.to)} />
          </Choice>
        );
      })}
      {network.stations.map(({ name, kind }) => {
        const place = stations.get(name);
        const mark = kind === 'queue' ? network.lines.filter(({ from, to }) => from === name || to === name).map(({ reference }) => way.edges.get(reference)).find((each) => each !== undefined) : way.stops.get(name);
        return place && (
          <Choice key={name} inside={graph.environment} kind="stop" name={name} mark={mark} selected={selected} onChoose={onChoose} label={mark ? said.stop(name, mark.hops.length, said.standings[standingOf(mark)]) : said.stopAhead(name)}>
            <MapStation name={name} place={place} queue={kind === 'queue'} mark={mark} upright={upright} />
          </Choice>
        );
      })}
    </svg>
  );
}

interface ChoiceProps { /** The environment whose graph is drawn. */ readonly inside: string; readonly kind: 'edge' | 'stop'; readonly name: string; readonly mark: Mark | undefined; readonly selected: string | null; readonly label: string; readonly onChoose: (mark: Mark) => void; readonly children: ReactNode }

/** What has a hop is a link to it, which can be reached by keys and opened elsewhere; what is ahead only says its name. */
function Choice({ inside, kind, name, mark, selected, label, onChoose, children }: ChoiceProps) {
  const about = { [`data-${kind}`]: name, 'data-standing': standingOf(mark) };
  if (!mark) return <g {...about}><title>{label}</title>{children}</g>;
  const chosen = selected !== null && mark.hops.includes(selected);
  return (
    <a {...about} href={`?in=${inside}&hop=${mark.hops[0]}`} aria-current={chosen || undefined} data-line={mark.line} className="group outline-none"
      onClick={(event) => { if (event.metaKey || event.ctrlKey) return; event.preventDefault(); onChoose(mark); }}>
      <title>{label}</title>
      {children}
    </a>
  );
}

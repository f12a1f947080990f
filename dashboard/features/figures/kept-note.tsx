import type { Figures } from '../../api/metrics.ts';
import { formatAge } from '../../ui/format.ts';
import { figureTexts as said } from '../../ui/texts/figures.ts';

/** Whose figures they are, how fine and how long they are kept, told where they are looked at. */
export function KeptNote({ source, resolution, keptSeconds }: Pick<Figures, 'source' | 'resolution' | 'keptSeconds'>) {
  return <p className="text-sm text-dim" data-kept={keptSeconds} data-source={source}>{source !== 'own' && said.foreign}{said.kept(formatAge(resolution * 1000), formatAge(keptSeconds * 1000))}</p>;
}

import { formatAge } from '../../ui/format.ts';
import { figureTexts as said } from '../../ui/texts/figures.ts';

/** How fine the figures are and how long they are kept, told where they are looked at. */
export function KeptNote({ resolution, keptSeconds }: { readonly resolution: number; readonly keptSeconds: number }) {
  return <p className="text-sm text-dim" data-kept={keptSeconds}>{said.kept(formatAge(resolution * 1000), formatAge(keptSeconds * 1000))}</p>;
}

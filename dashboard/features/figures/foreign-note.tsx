import { formatAge } from '../../ui/format.ts';
import { sourceTexts } from '../../ui/texts/sources.ts';

/** The same of a server that is none of ours, and what its figures cannot say. */
export function ForeignNote({ resolution, keptSeconds }: { readonly resolution: number; readonly keptSeconds: number }) {
  return sourceTexts.figures(formatAge(resolution * 1000), formatAge(keptSeconds * 1000));
}

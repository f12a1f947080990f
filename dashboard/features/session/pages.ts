import { texts } from '../../ui/texts.ts';

export interface Page { readonly href: string; readonly name: string; readonly here: (path: string) => boolean }
const { navigation: said } = texts;
const page = (href: string, name: string): Page => ({ href, name, here: (path) => path === href || (href !== '/' && path.startsWith(`${href}/`)) });

/** The pages that stand in the band: what happens, what shall change, what there is to know. */
export const groups: readonly { readonly name: string; readonly pages: readonly Page[] }[] = [
  { name: said.watch, pages: [page('/', said.overview), page('/send', said.send), page('/journeys', said.journeys), page('/services', said.services), page('/metrics', said.metrics), page('/logs', said.logs), page('/alerts', said.alerts), page('/faults', said.faults)] },
  { name: said.change, pages: [page('/environments', said.environments), page('/pulls', said.pulls), page('/history', said.history), page('/drift', said.drift)] },
  { name: said.learn, pages: [page('/model', said.model), page('/api-reference', said.api), page('/docs', said.docs)] },
];
export const pages: readonly Page[] = groups.flatMap((group) => group.pages);

import type { Fact, Risk } from './fact.ts';
import { code } from './markdown.ts';

/** `⚠ data · ⚠ cost` */
export const marksOf = (risks: readonly Risk[]): string => risks.map((risk) => `⚠ ${risk}`).join(' · ');
/** The line of the model, and what may be lost. */
export const tail = ({ risks, declaredAt }: Pick<Fact, 'risks' | 'declaredAt'>): string => `${risks.length > 0 ? ` · ${marksOf(risks)}` : ''}${declaredAt === undefined ? '' : ` · ${code(declaredAt)}`}`;

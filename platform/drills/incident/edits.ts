import type { Edit } from './incident.ts';

/** The text with the edit. @throws {Error} when its piece is not there exactly once: the drill would change something else, or nothing */
export function edited(text: string, { path, from, to }: Edit): string {
  const found = typeof from === 'string' ? text.split(from).length - 1 : [...text.matchAll(new RegExp(from, 'g'))].length;
  if (found !== 1) throw new Error(`${String(from)} stands ${found} times in ${path}`);
  return text.replace(from, () => to);
}

/** Does the text still hold what the edit brought? `rateLimit: 12` is not `rateLimit: 120`. */
export function holds(text: string, { to }: Pick<Edit, 'to'>): boolean {
  for (let at = text.indexOf(to); at !== -1; at = text.indexOf(to, at + 1)) if (!/\d$/.test(to) || !/^\d/.test(text.slice(at + to.length))) return true;
  return false;
}

/** The line at which the edit begins, from 1 on; undefined when the text does not hold it. */
export function lineOf(text: string, { to }: Pick<Edit, 'to'>): number | undefined {
  const at = text.indexOf(to);
  return at === -1 ? undefined : text.slice(0, at).split('\n').length;
}

/** What runs in front of every request of a service: `body` is the inside of a middleware, `before` stands above it. */
export function middleware(workload: string, before: string, body: string): Edit {
  return {
    path: `services/${workload}/main.ts`, from: `await run(${workload}, app);`,
    to: `${before}\nawait run(${workload}, async (kit) => {\n  const made = await app(kit);\n  return {\n    ...made,\n    middleware: [(_request, _response, next) => {\n      ${body}\n    }, ...(made.middleware ?? [])],\n  };\n});`,
  };
}

import { readFileSync } from 'node:fs';

/** One Markdown document of the repository, as the build rendered it. */
export interface Doc {
  /** From the root of the repository: `platform/decisions/0001-one-model.md`. */
  readonly path: string;
  readonly title: string;
  readonly html: string;
  readonly headings: readonly { readonly id: string; readonly text: string }[];
}

let library: readonly Doc[] | undefined;

/** What `node dashboard/build.ts` put beside the pages; serve.ts says where. Nothing outside the build is read. */
export function readLibrary(): readonly Doc[] {
  const file = process.env['JOURNEY_DOCS'];
  library ??= file === undefined ? [] : docsIn(JSON.parse(readFileSync(file, 'utf8')));
  return library;
}

function docsIn(value: unknown): readonly Doc[] {
  return Array.isArray(value) ? value : [];
}

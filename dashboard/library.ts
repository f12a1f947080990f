import { globSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import MarkdownIt from 'markdown-it';
import type { Doc } from './api/docs.ts';

/** The Markdown of the repository, from its root. */
export const documents = ['README.md', '{argocd,dashboard,environments,platform,policies,services,synth}/**/*.md'];

/** Every document as HTML, in reading order. HTML in a document is text (CommonMark's raw HTML is off), and so are images. */
export function libraryOf(root: string): readonly Doc[] {
  const paths = globSync(documents, { cwd: root }).map((path) => path.replaceAll('\\', '/')).filter((path) => !/(^|\/)(node_modules|\.next|\.journey)\//.test(path)).toSorted(inOrder);
  const known = new Set(paths);
  const markdown = new MarkdownIt({ html: false, linkify: false }).disable(['image']);
  return paths.map((path) => {
    const env: Record<string, unknown> = {};
    const tokens = markdown.parse(readFileSync(`${root}/${path}`, 'utf8'), env);
    const headings: { readonly id: string; readonly text: string }[] = [];
    let title = path;
    tokens.forEach((token, index) => {
      const next = tokens[index + 1];
      if (token.type === 'heading_open') {
        const text = (next?.children ?? []).filter(({ type }) => type === 'text' || type === 'code_inline').map(({ content }) => content).join('');
        const id = idOf(text, headings.map((heading) => heading.id));
        token.attrSet('id', id);
        if (token.tag === 'h1') title = text;
        else headings.push({ id, text });
      }
      if (token.type === 'fence' || token.type === 'code_block') token.attrSet('tabindex', '0');
      for (const inner of token.children ?? []) if (inner.type === 'link_open') lead(inner, path, known);
      unlink(token.children ?? []);
    });
    return { path, title, html: boxed(markdown.renderer.render(tokens, markdown.options, env)), headings };
  });
}

type Token = ReturnType<InstanceType<typeof MarkdownIt>['parse']>[number];

/** A link to another document leads to its page; one to any other file stays a name: the pages do not hold the file. */
function lead(token: Token, from: string, known: ReadonlySet<string>): void {
  const href = String(token.attrGet('href') ?? '');
  if (/^https?:/.test(href)) return token.attrSet('rel', 'noreferrer');
  if (href.startsWith('#')) return;
  const [path = '', hash] = href.split('#');
  const target = posix.normalize(posix.join(posix.dirname(from), decodeURI(path))).replace(/\/$/, '');
  const found = [target, `${target}/README.md`].find((each) => known.has(each));
  token.attrs = found === undefined ? null : [['href', `/docs/${found}${hash === undefined ? '' : `#${hash}`}`]];
}

/** What leads nowhere is no link. */
function unlink(tokens: readonly Token[]): void {
  let plain = 0;
  for (const token of tokens) {
    if (token.type === 'link_open' && token.attrGet('href') === null) {
      plain += 1;
      token.tag = 'span';
    } else if (token.type === 'link_open') plain = 0;
    else if (token.type === 'link_close' && plain > 0) {
      plain -= 1;
      token.tag = 'span';
    }
  }
}

/** A table that is wider than a phone moves in its own box. */
function boxed(html: string): string {
  return html.replaceAll('<table>', '<div class="doc-table" tabindex="0" role="region" aria-label="Table"><table>').replaceAll('</table>', '</table></div>')
    .replaceAll('<pre><code tabindex="0"', '<pre tabindex="0"><code');
}

/** As GitHub writes ids, so that links between documents work in both places. */
function idOf(text: string, taken: readonly string[]): string {
  const id = text.toLowerCase().replaceAll(/[^\p{L}\p{N}\s_-]/gu, '').trim().replaceAll(/\s+/g, '-') || 'part';
  let free = id;
  for (let count = 1; taken.includes(free); count += 1) free = `${id}-${count}`;
  return free;
}

/** The first page, then folders from the top, each with its README first. */
function inOrder(a: string, b: string): number {
  const key = (path: string) => [path === 'README.md' ? '0' : '1', posix.dirname(path), posix.basename(path) === 'README.md' ? '0' : '1', path].join('\0');
  return key(a) < key(b) ? -1 : 1;
}

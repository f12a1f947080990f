import { rule } from '../rule.ts';

/** The reader found these; the rule makes them count. */
export const readable = rule({
  id: 'readable',
  why: 'A file that two parsers read differently was never reviewed: duplicate keys, aliases, tags, `yes`, a link, 64 levels, a megabyte.',
  fix: 'Write plain YAML 1.2 or JSON: every key once, values written out, text that looks like something else in quotes.',
  serves: ['NSA/CISA: Hardening container environments'],
  of: ({ files }) => files,
  check: ({ breaches }) => breaches,
});

import type { Breach } from './breach.ts';
import type { Rendered } from './rendered.ts';

/** What every rule says about itself. */
export interface About {
  readonly id: string;
  readonly why: string;
  readonly fix: string;
  /** Clauses it serves: CIS Kubernetes Benchmark 1.9, Pod Security Standards, NSA/CISA Kubernetes Hardening 1.2, CIS AWS Foundations 3.0. */
  readonly serves: readonly string[];
}

/** A rule over one kind of thing: which things of an environment it looks at, and what is wrong with one. */
export interface RuleOf<Subject> extends About {
  readonly of: (rendered: Rendered) => Iterable<Subject>;
  readonly check: (subject: Subject, rendered: Rendered) => Iterable<Breach>;
}

export interface Rule extends About {
  /** Looks at everything the rule is about and counts it: a rule that saw nothing has proved nothing. */
  readonly evaluate: (rendered: Rendered) => { readonly evaluated: number; readonly breaches: readonly Breach[] };
}

export function rule<Subject>({ of, check, ...about }: RuleOf<Subject>): Rule {
  return {
    ...about,
    evaluate: (rendered) => {
      const subjects = [...of(rendered)];
      return { evaluated: subjects.length, breaches: subjects.flatMap((subject) => [...check(subject, rendered)]) };
    },
  };
}

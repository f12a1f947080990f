import { diffTexts as said } from '../../ui/texts/diff.ts';
import { linesIn, type EnvironmentPart, type PatchLine, type StackPart } from './diff-parts.ts';

const colours: Readonly<Record<PatchLine['sign'], string>> = { '+': 'text-[var(--health-healthy)]', '-': 'text-wrong', '@': 'text-dim', ' ': '' };

/** The rendered files that differ, each folded away until it is asked for. */
export function PatchDetails({ patches }: { readonly patches: NonNullable<EnvironmentPart['yaml']> }) {
  return (
    <details className="border-t border-rule">
      <summary className="px-4 py-2.5 font-bold text-go -outline-offset-3 sm:px-5">{said.files(patches.length)}</summary>
      {patches.map(({ path, patch }) => (
        <div key={path} className="border-t border-rule">
          <h4 className="px-4 py-1.5 font-mono text-[0.8125rem] font-bold [overflow-wrap:anywhere] sm:px-5">{path}</h4>
          <pre tabIndex={0} aria-label={path} className="overflow-x-auto bg-sunk px-4 py-2 font-mono text-[0.8125rem] leading-relaxed sm:px-5">
            {linesIn(patch).map(({ sign, text }, index) => <span key={index} className={colours[sign]}>{text}{'\n'}</span>)}
          </pre>
        </div>
      ))}
    </details>
  );
}

/** Blocks of the Terraform JSON. Whether AWS changes or replaces one, only its plan knows. */
export function StackDetails({ changes }: { readonly changes: readonly StackPart[] }) {
  return (
    <details className="border-t border-rule">
      <summary className="px-4 py-2.5 font-bold text-go -outline-offset-3 sm:px-5">{said.stack(changes.length)}</summary>
      <ul className="grid gap-2 border-t border-rule bg-sunk px-4 py-3 text-sm sm:px-5">
        {changes.map(({ address, action, fields = [] }) => (
          <li key={address} className="[overflow-wrap:anywhere]">
            <code className="font-mono text-[0.8125rem] font-bold">{address}</code> <span className="text-dim">{action}</span>
            <ul className="font-mono text-[0.8125rem]">{fields.map(({ path, from, to }) => <li key={path}>{path} <del className="text-wrong decoration-1">{from ?? said.nothing}</del> → <ins className="font-bold text-[var(--health-healthy)] no-underline">{to ?? said.nothing}</ins></li>)}</ul>
          </li>
        ))}
      </ul>
    </details>
  );
}

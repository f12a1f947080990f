import type { Finding } from '../../../policies/evaluate.ts';
import { visible } from '../style.ts';

/**
 * A finding as a workflow command of GitHub Actions, which shows it in the pull request at the line of the model that
 * declared it, or else at the rendered file. One line, whatever it says: text of a manifest must not become a command
 * (GitHub Docs, "Workflow commands"; the escapes are those of actions/toolkit, packages/core/src/command.ts).
 */
export function annotationOf({ rule, file, object, path, what, why, fix, declaredAt }: Finding): string {
  const [at, line] = placeOf(declaredAt) ?? [file];
  const properties = Object.entries({ file: at, ...(line === undefined ? {} : { line }), title: `${rule}: ${object}` });
  const message = [`${path === '' ? '' : `${path}: `}${what}`, ...(at === file ? [] : [`in ${file}`]), `why: ${why}`, `fix: ${fix}`].map(visible).join('\n');
  return `::error ${properties.map(([key, value]) => `${key}=${property(value)}`).join(',')}::${data(message)}`;
}

/** `platform/workloads/gateway.ts:12`; anything else is no place in this repository. */
function placeOf(declaredAt: string | undefined): readonly [string, string] | undefined {
  const [, file, line] = /^((?:platform|environments)\/[^:]+\.ts):(\d+)$/.exec(declaredAt ?? '') ?? [];
  return file === undefined || line === undefined ? undefined : [file, line];
}

const data = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const property = (text: string): string => data(visible(text)).replaceAll(':', '%3A').replaceAll(',', '%2C');

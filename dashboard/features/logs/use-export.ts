'use client';
import { useMutation } from '@tanstack/react-query';
import { beginsExport } from '../../api/log-export.ts';

/** Exports what a path names: a file when the server hands it out, else the problem it says. What was said of another path is past. */
export function useExport(path: string) {
  const { mutate, isPending, error, variables } = useMutation({ mutationFn: beginsExport, onSuccess: (_, asked) => download(asked) });
  return { start: () => mutate(path), busy: isPending, error: variables === path ? error : null };
}

function download(path: string): void {
  const link = document.createElement('a');
  link.href = path;
  link.download = 'logs.ndjson';
  link.click();
}

/** A merge's title without the number of its pull request, which stands beside it. */
export function plainTitle(title: string): string {
  return title.replace(/^Merge #\d+: /, '');
}

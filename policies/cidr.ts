/**
 * Is a range of addresses so wide that it means everybody? No network of ours is that large, and two halves
 * (`0.0.0.0/1` and `128.0.0.0/1`) are as open as `0.0.0.0/0`. Text that is no range counts as open.
 */
export function isEverywhere(cidr: string): boolean {
  const prefix = Number(/\/(\d{1,3})$/.exec(cidr.trim())?.[1] ?? 0);
  return prefix < (cidr.includes(':') ? 16 : 8);
}

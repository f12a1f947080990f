/** Is it the same person, however they wrote their name? Rather one refusal too many than somebody who approves their own. */
export function samePerson(one: string, other: string): boolean {
  return plainName(one) === plainName(other);
}

/** One spelling of a name: compatible forms, blanks at the ends and upper case do not make another person. */
export function plainName(name: string): string {
  return name.normalize('NFKC').trim().toLowerCase();
}

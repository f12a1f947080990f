const key = 'journey-words';

/** Whether the few words were not put away yet. Where nothing is kept nobody is bothered. */
export function wantsWords(): boolean {
  try {
    return localStorage.getItem(key) === null;
  } catch {
    return false;
  }
}

/** For good. */
export function endWords(): void {
  try {
    localStorage.setItem(key, 'over');
  } catch {
    // Then they stay as long as the page.
  }
}

/** The pauses of a background loop: cut short when there is work, and for good when it is to end. */
export interface Pauses {
  readonly ended: boolean;
  /** Forgets earlier calls of `wake`: what they announced is looked for now. */
  begin(): void;
  /** Until the time is over, `wake` or `end`; not at all when one of them was called since `begin`. */
  rest(ms: number): Promise<void>;
  wake(): void;
  end(): void;
}

export function openPauses(): Pauses {
  let ended = false;
  let woken = false;
  let cut: (() => void) | undefined;
  return {
    get ended() { return ended; },
    begin() { woken = false; },
    async rest(ms) {
      if (woken || ended) return;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        cut = () => { clearTimeout(timer); resolve(); };
      });
    },
    wake() { woken = true; cut?.(); },
    end() { ended = true; cut?.(); },
  };
}

import { faultKinds, isFaultKind, LONGEST_SECONDS, type FaultKind } from './kinds.ts';

/** One thing that somebody made go wrong, for a while. */
export interface Fault {
  /** Of its record. */
  readonly id: string;
  readonly kind: FaultKind;
  /** In the unit of its kind (kinds.ts). */
  readonly strength: number;
  /** Unix time in milliseconds, by the clock of this process. */
  readonly until: number;
}

/** The faults of this process. They end by themselves, and with the process; nobody has to remember them. */
export interface Faults {
  /** Does the model of this environment allow faults? Otherwise none can be switched on. */
  readonly allowed: boolean;
  /** Of this kind, now; 0: none is on. */
  strength(kind: FaultKind): number;
  /** One try of a kind that hits a share: true when it hits. */
  hits(kind: FaultKind): boolean;
  list(): readonly Fault[];
  /** Takes the place of one of the same kind. */
  begin(fault: Fault): void;
  end(kind: FaultKind): void;
  /** Calls back at once and whenever this kind begins, changes or ends. */
  follow(kind: FaultKind, changed: (strength: number) => void): void;
}

export function openFaults(allowed: boolean): Faults {
  const on = new Map<FaultKind, Fault & { readonly timer: NodeJS.Timeout }>();
  const followers: { readonly kind: FaultKind; readonly changed: (strength: number) => void }[] = [];
  const strength = (kind: FaultKind): number => (on.size === 0 ? 0 : on.get(kind)?.strength ?? 0);
  const tell = (kind: FaultKind) => { for (const one of followers) if (one.kind === kind) one.changed(strength(kind)); };
  const end = (kind: FaultKind) => {
    clearTimeout(on.get(kind)?.timer);
    if (on.delete(kind)) tell(kind);
  };
  return {
    allowed, strength, end,
    hits: (kind) => on.size > 0 && Math.random() * 100 < strength(kind),
    list: () => [...on.values()].map(({ id, kind, strength: own, until }) => ({ id, kind, strength: own, until })),
    begin(fault) {
      if (!allowed) throw new Error('The model of this environment allows no faults.');
      clearTimeout(on.get(fault.kind)?.timer);
      on.set(fault.kind, { ...fault, timer: setTimeout(() => end(fault.kind), fault.until - Date.now()).unref() });
      tell(fault.kind);
    },
    follow(kind, changed) {
      followers.push({ kind, changed });
      changed(strength(kind));
    },
  };
}

/** What came over the network, as a fault; null when it is none: of no kind, out of bounds, over already, or too long. How long is left travels, since two clocks may differ. */
export function faultOf(value: unknown, now: number): Fault | null {
  if (typeof value !== 'object' || value === null) return null;
  const { id, kind, strength, leftMs }: { id?: unknown; kind?: unknown; strength?: unknown; leftMs?: unknown } = value;
  if (typeof id !== 'string' || !/^[0-9a-f-]{36}$/.test(id) || !isFaultKind(kind) || typeof strength !== 'number' || typeof leftMs !== 'number') return null;
  const { least, most } = faultKinds[kind];
  if (!(strength >= least && strength <= most && leftMs > 0 && leftMs <= LONGEST_SECONDS * 1000)) return null;
  return { id, kind, strength, until: now + leftMs };
}

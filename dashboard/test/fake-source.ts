/** A stream that a test speaks through, in the place of the browser's. */
export class FakeSource extends EventTarget {
  static readonly CLOSED = 2;
  readonly url: string;
  readyState = 1;
  constructor(url: string) {
    super();
    this.url = url;
  }
  close() { this.readyState = 2; }
  /** As in a browser nothing is heard of one that was closed. */
  tell(type: string, data: unknown, lastEventId = '') { if (this.readyState !== 2) this.dispatchEvent(Object.assign(new Event(type), { data: JSON.stringify(data), lastEventId })); }
}

/** From now on every stream is one of these. @returns those that were made, as they are made */
export function madeSources(): FakeSource[] {
  const made: FakeSource[] = [];
  Reflect.set(globalThis, 'EventSource', class extends FakeSource {
    constructor(url: string) {
      super(url);
      made.push(this);
    }
  });
  return made;
}

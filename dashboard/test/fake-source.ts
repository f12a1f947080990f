/** A stream that a test speaks through; `EventSource` itself is the browser's. */
export class FakeSource extends EventTarget {
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
Reflect.set(globalThis, 'EventSource', { CLOSED: 2 });

import type { Request } from 'express';

/** Another encoding of a route's body and answer: `application/x-protobuf` (OTLP/HTTP 1.x, "Binary Protobuf Encoding"). */
export interface Codec {
  /** As the JSON value that the route's schema describes. @throws {Problem} `invalid_body` */
  decode(bytes: Uint8Array): unknown;
  encode(body: unknown): Uint8Array;
}
export const PROTOBUF = 'application/x-protobuf';

export function isProtobuf(request: Request): boolean {
  return (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() === PROTOBUF;
}

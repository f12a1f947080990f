import { BinaryReader, BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import type { Codec } from '../../kit/codec.ts';
import { Problem, problem } from '../../kit/problem.ts';
import { messages, type Message, type MessageName, type Scalar } from './otlp-messages.ts';

/** Messages within messages; an attribute's value needs ten. Beyond it what is inside is not read. */
const DEEPEST = 20;
/** Fields in all: a body of 4 MB can hold two million empty messages, each of which would become an object. */
const MOST_FIELDS = 300_000;

/** OTLP in protobuf, as the same values that OTLP in JSON has. `refused` names the counter of a partial success. */
export function otlpProtobuf(request: 'Traces' | 'Logs' | 'Metrics', refused: string): Codec {
  return {
    decode(bytes) {
      try {
        return read(new BinaryReader(bytes), bytes.length, request, DEEPEST, { fields: MOST_FIELDS });
      } catch (error) {
        if (error instanceof Problem) throw error;
        // The reader's own words name positions in bytes, which help nobody.
        throw problem('invalid_body', `The body is no Export${request.replace(/s$/, '')}ServiceRequest in protobuf.`, { cause: error });
      }
    },
    encode: (body) => answerOf(body, refused),
  };
}

interface Budget { fields: number }
type Value = Record<string, unknown>;

function read(reader: BinaryReader, end: number, name: MessageName, depth: number, budget: Budget): Value {
  if (depth === 0) throw problem('too_deep', `The body has more than ${DEEPEST} levels.`);
  const message: Message = messages[name];
  const found: Value = {};
  // A list that is empty is not sent at all; the schema of the route wants it.
  if (depth === DEEPEST) found[(message[1]?.[0] ?? '').replace('[]', '')] = [];
  while (reader.pos < end) {
    if (--budget.fields < 0) throw problem('too_large', `The body has more than ${MOST_FIELDS} fields.`);
    const [number, wire] = reader.tag();
    // Groups are not used by OTLP, and skipping them recurses.
    if (wire === WireType.StartGroup || wire === WireType.EndGroup) throw new Error('a group');
    const field = message[number];
    if (!field) reader.skip(wire, number);
    else take(found, field, () => valueOf(reader, wire, field, depth, budget));
  }
  if (reader.pos !== end) throw new Error('a field that is longer than its message');
  return found;
}

function take(found: Value, [key]: readonly [string, string], value: () => unknown): void {
  if (!key.endsWith('[]')) {
    found[key] = value();
    return;
  }
  const name = key.slice(0, -2);
  const before = found[name];
  const list: unknown[] = Array.isArray(before) ? before : [];
  const one = value();
  if (Array.isArray(one)) for (const each of one) list.push(each);
  else list.push(one);
  found[name] = list;
}

function valueOf(reader: BinaryReader, wire: WireType, [key, type]: readonly [string, Scalar | MessageName], depth: number, budget: Budget): unknown {
  if (isMessage(type)) {
    expectWire(wire, WireType.LengthDelimited);
    return read(reader, ends(reader), type, depth - 1, budget);
  }
  // Numbers of a repeated field come packed into one (proto3's default), or one by one.
  if (key.endsWith('[]') && wire === WireType.LengthDelimited) {
    const end = ends(reader);
    const all: unknown[] = [];
    while (reader.pos < end) {
      if (--budget.fields < 0) throw problem('too_large', `The body has more than ${MOST_FIELDS} fields.`);
      all.push(scalarOf(reader, WIRE[type], type));
    }
    return all;
  }
  return scalarOf(reader, wire, type);
}

const WIRE: Readonly<Record<Scalar, WireType>> = {
  text: WireType.LengthDelimited, hex: WireType.LengthDelimited, base64: WireType.LengthDelimited, bool: WireType.Varint, integer: WireType.Varint, number: WireType.Varint, count: WireType.Varint,
  double: WireType.Bit64, fixed64: WireType.Bit64, sfixed64: WireType.Bit64, fixed32: WireType.Bit32,
};

function scalarOf(reader: BinaryReader, wire: WireType, type: Scalar): unknown {
  expectWire(wire, WIRE[type]);
  switch (type) {
    case 'text': return reader.string();
    case 'hex': return Buffer.from(reader.bytes()).toString('hex');
    case 'base64': return Buffer.from(reader.bytes()).toString('base64');
    case 'bool': return reader.bool();
    case 'integer': return String(reader.int64());
    case 'number': return reader.int32();
    case 'count': return reader.uint32();
    case 'double': return reader.double();
    case 'fixed64': return String(reader.fixed64());
    case 'sfixed64': return String(reader.sfixed64());
    case 'fixed32': return reader.fixed32();
  }
}

function ends(reader: BinaryReader): number {
  const length = reader.uint32();
  if (reader.pos + length > reader.len) throw new Error('a message that is longer than the body');
  return reader.pos + length;
}

function expectWire(wire: WireType, expected: WireType): void {
  if (wire !== expected) throw new Error('a field of another type');
}

function isMessage(type: Scalar | MessageName): type is MessageName {
  return Object.hasOwn(messages, type);
}

/** ExportTraceServiceResponse and its siblings: `partial_success = 1 { rejected = 1, error_message = 2 }`. */
function answerOf(body: unknown, refused: string): Uint8Array {
  const partial = field(body, 'partialSuccess');
  const writer = new BinaryWriter();
  if (partial === undefined) return writer.finish();
  writer.tag(1, WireType.LengthDelimited).fork();
  writer.tag(1, WireType.Varint).int64(String(field(partial, refused) ?? 0));
  writer.tag(2, WireType.LengthDelimited).string(String(field(partial, 'errorMessage') ?? ''));
  return writer.join().finish();
}

function field(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Object.entries(value).find(([name]) => name === key)?.[1] : undefined;
}

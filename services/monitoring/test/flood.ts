// A process of its own that sends bodies of 50 MB, four at a time, and says what each was answered: `flood.ts <url> <key> <count>`.
import { request } from 'node:http';
import { gzipSync } from 'node:zlib';

const [url = '', key = '', count = '0'] = process.argv.slice(2);
const MB = 1024 * 1024;
const chunk = Buffer.alloc(MB, 0x20);
const bomb = gzipSync(Buffer.alloc(50 * MB, 0x20));

function sent(isBomb: boolean): Promise<string> {
  return new Promise((resolve) => {
    const asked = request(url, { method: 'POST', agent: false, headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...(isBomb ? { 'content-encoding': 'gzip' } : {}) } }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (part: string) => { text += part; }).on('end', () => {
        asked.destroy();
        resolve(`${answer.statusCode} ${String((JSON.parse(text) as { code?: string }).code)}`);
      });
    });
    // Who is told no may find its connection closed while it still writes.
    asked.on('error', () => { resolve('closed'); });
    if (isBomb) return void asked.end(bomb);
    let left = 50;
    const more = (): void => {
      while (left > 0) {
        left -= 1;
        if (!asked.write(chunk)) return void asked.once('drain', more);
      }
      asked.end();
    };
    more();
  });
}

const all = Array.from({ length: Number(count) }, (_, n) => n % 2 === 1);
const answers: string[] = [];
await Promise.all(Array.from({ length: 4 }, async () => { for (let next = all.shift(); next !== undefined; next = all.shift()) answers.push(await sent(next)); }));
process.stdout.write(JSON.stringify(answers));

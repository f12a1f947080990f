'use client';
import { useState } from 'react';
import { formatAge } from '../../ui/format.ts';
import { roleTexts } from '../../ui/texts/shared.ts';
import { trafficTexts as said } from '../../ui/texts/traffic.ts';
import { useNow } from '../../ui/use-now.ts';
import { useMay } from '../session/use-may.ts';
import { perSecond } from './pace.ts';
import { useTraffic } from './use-traffic.ts';

const choices = [1, 5, 10] as const;

/** Makes every chart move for a while. This window sends, as the person who is signed in, so what may happen is what they may do. */
export function TrafficSwitch() {
  const { traffic, start, stop } = useTraffic();
  const [minutes, setMinutes] = useState(5);
  const operator = useMay('operator');
  return (
    <section aria-labelledby="traffic" className="panel order-5 grid min-w-0 gap-3 p-5" data-traffic={traffic ? (traffic.running ? 'running' : 'over') : 'off'}>
      <h2 id="traffic" className="text-xl">{said.title}</h2>
      <p className="text-sm text-dim">{said.about(perSecond)}</p>
      {traffic && <Course {...traffic} />}
      <div className="flex flex-wrap items-center gap-3">
        {traffic?.running
          ? <button type="button" className="button-plain" onClick={stop}>{said.stop}</button>
          : (
            <>
              <label className="flex items-center gap-2 font-bold">{said.minutes}
                <select className="field w-auto" value={minutes} onChange={(event) => setMinutes(Number(event.target.value))}>{choices.map((each) => <option key={each} value={each}>{said.choice(each)}</option>)}</select>
              </label>
              <button type="button" className="button-go" disabled={!operator} onClick={() => start(minutes)}>{said.start}</button>
            </>
          )}
      </div>
      {!operator && <p className="text-sm text-dim">{roleTexts.operator}</p>}
    </section>
  );
}

function Course({ running, until, sent, failed, skipped }: NonNullable<ReturnType<typeof useTraffic>['traffic']>) {
  const now = useNow();
  const at = new Date(until).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  return (
    <p data-sent={sent} data-failed={failed}>
      <strong>{running ? said.until(at) : said.ended(at)}</strong>, {said.sent(sent)}, <span className={failed > 0 ? 'font-bold text-wrong' : undefined}>{said.failed(failed)}</span>
      {skipped > 0 && <>, {said.skipped(skipped)}</>}.
      {running && now > 0 && <span className="block text-sm text-dim">{said.left(formatAge(Math.max(0, until - now)))}</span>}
    </p>
  );
}

'use client';
import { LiveMark } from '../../ui/live-mark.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { problemOf } from '../../ui/problem-of.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { LoadingNote } from '../../ui/state-note.tsx';
import { alertTexts as said } from '../../ui/texts/alerts.ts';
import { useLive } from '../live/live-state.ts';
import { AlertHistory } from './alert-history.tsx';
import { AlertsNow } from './alerts-now.tsx';
import { FireTest } from './fire-test.tsx';
import { Rules } from './rules.tsx';
import { Silences } from './silences.tsx';
import { alertsEveryMs, useAlerts } from './use-alerts.ts';

/** What fires, who keeps it quiet, what makes it fire, and how it came there. */
export function AlertsView() {
  const { data, error, refetch } = useAlerts();
  const live = useLive();
  return (
    <>
      {/* As fresh as the last look at the rules: an answer that comes in time may be about a look of long ago. */}
      <PageHead title={said.title} lead={said.lead}>
        {data && <LiveMark updatedAt={data.evaluatedAt} lost={error !== null} streamed={false} everyMs={alertsEveryMs(live)} stale={said.stuck} />}
      </PageHead>
      {error && <div className="mb-5"><ProblemNotice problem={problemOf(error)} onRetry={() => void refetch()} /></div>}
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_24rem]">
        <div className="grid min-w-0 gap-5">
          {data ? <AlertsNow list={data} /> : !error && <LoadingNote text={said.loading} rows={3} />}
          <Rules />
        </div>
        <div className="grid min-w-0 gap-5">
          <FireTest />
          <Silences />
          <AlertHistory />
        </div>
      </div>
    </>
  );
}

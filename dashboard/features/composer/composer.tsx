'use client';
import { useSearchParams } from 'next/navigation';
import { PageHead } from '../../ui/page-head.tsx';
import { problemOf } from '../../ui/problem-of.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { EmptyNote, LoadingNote } from '../../ui/state-note.tsx';
import { composerTexts as said } from '../../ui/texts/composer.ts';
import { PresetList } from './preset-list.tsx';
import { RequestForm } from './request-form.tsx';
import { RoutePicker } from './route-picker.tsx';
import { useAgain } from './use-again.ts';
import { useOperations } from './use-operations.ts';

/** Any request of the public API, put together from the gateway's own document and sent with a ticket. */
export function Composer() {
  const params = useSearchParams();
  const { data: operations, error, refetch } = useOperations();
  const again = useAgain(params.get('again'), operations);
  const route = again.operation?.id ?? params.get('route');
  const operation = again.operation ?? operations?.find(({ id }) => id === route);
  const values = again.values ?? Object.fromEntries([...params].filter(([key]) => /^(path|query|body)(\.|$)/.test(key)));
  return (
    <>
      <PageHead title={said.title} lead={said.lead} />
      {error && <ProblemNotice problem={problemOf(error)} onRetry={() => void refetch()} />}
      {!operations && !error && <LoadingNote text={said.loading} />}
      {operations && (
        <div className="grid items-start gap-6 lg:grid-cols-[20rem_minmax(0,1fr)]">
          <PresetList operations={operations} chosen={params.get('preset')} />
          <div className="grid min-w-0 gap-5">
            <RoutePicker operations={operations} chosen={operation?.id} />
            {again.note && <p role="status" className="rounded-md border-l-[6px] border-go bg-panel p-4">{again.note}</p>}
            {!operation && !again.reading && (route ? <EmptyNote title={said.unknown(route)} next={said.unknownNext} /> : <EmptyNote title={said.chooseFirst} next={said.chooseNext} />)}
            {operation && <RequestForm key={`${operation.id} ${params.get('preset') ?? ''} ${params.get('again') ?? ''}`} operation={operation} initial={values} ready={params.get('ask') === 'yes' && again.whole} />}
          </div>
        </div>
      )}
    </>
  );
}

'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { takeTicket } from '../../api/live-journey.ts';
import { sendWanted, type Got, type Wanted } from '../../api/send.ts';
import { problemFrom, ProblemError } from '../../api/problem.ts';
import { answerKey } from '../journey/answer-key.ts';
import { keepSent } from './sent.ts';

/** An answer that comes sooner is taken along to its journey. */
const quickMs = 200;
/** What was answered to a request that is being watched. */
export interface Answered extends Got { readonly request: string }

/** Sends a request and goes to its journey: at once with its answer, or ahead of it when it takes its time. */
export function useSend() {
  const queries = useQueryClient();
  const router = useRouter();
  return useMutation({
    mutationFn: async ({ wanted, secret = false }: { readonly wanted: Wanted; readonly secret?: boolean }) => {
      // Without one the request is as good; it is only not seen before its answer.
      const ticket = await takeTicket().catch(() => undefined);
      const watch = (traceId: string) => router.push(`/journeys/${traceId}`);
      if (ticket) keepSent(ticket.traceId, wanted, secret);
      let gone = false;
      const timer = ticket && setTimeout(() => { gone = true; watch(ticket.traceId); }, quickMs);
      try {
        const got = await sendWanted(wanted, ticket?.ticket);
        const { traceId } = got;
        if (traceId === undefined) throw new ProblemError(problemFrom(got.status, jsonOf(got.text)));
        if (traceId !== ticket?.traceId) keepSent(traceId, wanted, secret);
        // Where the reader is by now: at the journey that the ticket named.
        queries.setQueryData<Answered>(answerKey(gone && ticket ? ticket.traceId : traceId), { ...got, request: `${wanted.method} ${wanted.path}` });
        if (!gone) watch(traceId);
      } catch (error) {
        if (ticket && gone) queries.setQueryData(answerKey(ticket.traceId), error);
        throw error;
      } finally {
        clearTimeout(timer);
      }
    },
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

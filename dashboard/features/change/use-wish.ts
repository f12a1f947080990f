'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { takeTicket } from '../../api/live-journey.ts';
import { sendWish, wishAsRequest } from '../../api/changes.ts';
import type { ChangeRequest, RequestList, Wish } from '../../api/delivery.ts';
import { keepSent } from '../composer/sent.ts';
import { answerKey } from '../journey/answer-key.ts';
import { requestsKey } from './use-request.ts';

/** An answer that comes sooner is shown where it was asked for. */
const quickMs = 200;

/**
 * Asks for a change. One key per wish: sending the same again after an error is the same request, changing it makes a new one.
 * @param onWay is called with the trace id when no answer came quickly: the request is watched while it travels
 */
export function useWish(onAsked?: (request: ChangeRequest) => void, onWay?: (traceId: string) => void) {
  const queries = useQueryClient();
  const kept = useRef<{ readonly wish: string; readonly key: string }>(undefined);
  return useMutation({
    mutationFn: async (wish: Wish) => {
      const text = JSON.stringify(wish);
      if (kept.current?.wish !== text) kept.current = { wish: text, key: crypto.randomUUID() };
      const { key } = kept.current;
      // Without one the request is as good; it is only not seen before its answer.
      const ticket = onWay && await takeTicket().catch(() => undefined);
      if (ticket) keepSent(ticket.traceId, wishAsRequest(wish));
      const timer = ticket && setTimeout(() => onWay?.(ticket.traceId), quickMs);
      return sendWish(wish, key, ticket?.ticket).catch((error: unknown) => {
        if (ticket) queries.setQueryData(answerKey(ticket.traceId), error);
        throw error;
      }).finally(() => clearTimeout(timer));
    },
    onSuccess: (request) => {
      // Whatever page comes next knows it at once.
      queries.setQueryData<RequestList>(requestsKey, (list) => ({ deployments: [request, ...(list?.deployments ?? []).filter(({ id }) => id !== request.id)] }));
      void queries.invalidateQueries({ queryKey: requestsKey });
      kept.current = undefined;
      onAsked?.(request);
    },
  });
}

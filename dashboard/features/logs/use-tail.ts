'use client';
import { useEffect, useRef, useState } from 'react';
import { linesIn, type KeptLine } from '../../api/logs.ts';
import { topics } from '../live/topics.ts';
import { merged } from './question.ts';

/** So many new lines are kept; the oldest of them are found by searching. */
const most = 1000;

/**
 * New lines while they are followed. While `paused` they wait, so that nothing moves under a reader's eyes.
 * @returns what is shown, how many wait, whether the stream is open and when it last was, and how often some were left out
 */
export function useTail(query: string | undefined, on: boolean, paused: boolean) {
  const [shown, setShown] = useState<readonly KeptLine[]>([]);
  const [waiting, setWaiting] = useState<readonly KeptLine[]>([]);
  const [{ live, at: aliveAt }, setAlive] = useState({ live: false, at: 0 });
  const [gaps, setGaps] = useState(0);
  const holds = useRef(paused);
  useEffect(() => { holds.current = paused; }, [paused]);
  useEffect(() => {
    setShown([]);
    setWaiting([]);
    setGaps(0);
    if (!on) return undefined;
    return topics.want({
      topic: 'logs', query, onLive: (now, at) => setAlive({ live: now, at }),
      onEvent(event, data) {
        if (event === 'gap') setGaps((before) => before + 1);
        const lines = linesIn(data);
        if (lines) (holds.current ? setWaiting : setShown)((known) => merged(lines, known).slice(0, most));
      },
    });
  }, [query, on]);
  const show = () => {
    setShown((known) => merged(waiting, known).slice(0, most));
    setWaiting([]);
  };
  return { lines: shown, waiting: waiting.length, live, aliveAt, gaps, show };
}

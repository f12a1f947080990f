'use client';
import { useQueryClient } from '@tanstack/react-query';
import { Command } from 'cmdk';
import { useRouter } from 'next/navigation';
import { useState, type ReactNode } from 'react';
import { signOut } from '../../api/session.ts';
import { formatDuration, shortId } from '../../ui/format.ts';
import { Modal } from '../../ui/modal.tsx';
import { switchTheme } from '../../ui/theme.ts';
import { paletteTexts as said } from '../../ui/texts/palette.ts';
import { texts } from '../../ui/texts.ts';
import { composerHref, presets } from '../composer/presets.ts';
import { useJourneys } from '../journeys/use-journeys.ts';
import { pages } from '../session/pages.ts';
import { restartTour } from '../tour/tour-state.ts';
import { useWorkloads } from '../workloads/use-workloads.ts';

const traceShape = /^[0-9a-f]{32}$/;
const golden = presets[0];

/** One box that finds pages, workloads, journeys and what can be done from anywhere. */
export function Palette({ onClose, onShortcuts }: { readonly onClose: () => void; readonly onShortcuts: () => void }) {
  const [text, setText] = useState('');
  const router = useRouter();
  const queries = useQueryClient();
  const { data: workloads = [] } = useWorkloads();
  const { data: journeys = [] } = useJourneys();
  const typed = text.trim().toLowerCase();
  const run = (act: () => void) => () => { onClose(); act(); };
  const go = (href: string) => run(() => router.push(href));
  const leave = () => void signOut().finally(() => { queries.clear(); router.replace('/sign-in'); });
  return (
    <Modal title={said.title} onClose={onClose}>
      <Command label={said.label} className="grid gap-3" loop>
        <Command.Input className="field" value={text} onValueChange={setText} placeholder={said.placeholder} aria-label={said.label} />
        <Command.List label={said.title} className="max-h-[min(26rem,60dvh)] overflow-y-auto overscroll-contain rounded border border-rule">
          <Command.Empty className="p-4 text-dim">{said.nothing}</Command.Empty>
          {traceShape.test(typed) && <Item value={typed} onSelect={go(`/journeys/${typed}`)}>{said.journey(shortId(typed))}</Item>}
          <Group name={said.groups.pages}>{pages.map(({ href, name }) => <Item key={href} value={`page ${name}`} onSelect={go(href)}>{name}</Item>)}</Group>
          <Group name={said.groups.acts}>
            {golden && <Item value={said.acts.golden} onSelect={go(composerHref(golden.route, golden.values, golden.name))}>{said.acts.golden}</Item>}
            <Item value={said.acts.theme} onSelect={run(switchTheme)}>{said.acts.theme}</Item>
            <Item value={said.acts.glossary} onSelect={go('/glossary')}>{said.acts.glossary}</Item>
            <Item value={said.acts.tour} onSelect={run(() => { restartTour(); router.push('/'); })}>{said.acts.tour}</Item>
            <Item value={said.acts.shortcuts} onSelect={onShortcuts}>{said.acts.shortcuts}</Item>
            <Item value={said.acts.out} onSelect={run(leave)}>{texts.session.out}</Item>
          </Group>
          <Group name={said.groups.workloads}>{workloads.map(({ name, health }) => <Item key={name} value={`workload ${name}`} onSelect={go(`/environments?open=local/${name}`)}>{said.workload(name, health)}</Item>)}</Group>
          <Group name={said.groups.journeys}>{journeys.slice(0, 20).map(({ traceId, name, durationMs }) => <Item key={traceId} value={`journey ${name} ${traceId}`} onSelect={go(`/journeys/${traceId}`)}>{name} <span className="text-dim">{formatDuration(durationMs)}, {shortId(traceId)}</span></Item>)}</Group>
        </Command.List>
      </Command>
    </Modal>
  );
}

function Group({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return <Command.Group heading={name} className="border-b border-rule py-1.5 last:border-b-0 [&_[cmdk-group-heading]]:px-4 [&_[cmdk-group-heading]]:py-1 [&_[cmdk-group-heading]]:text-sm [&_[cmdk-group-heading]]:font-bold [&_[cmdk-group-heading]]:text-dim">{children}</Command.Group>;
}

function Item({ value, onSelect, children }: { readonly value: string; readonly onSelect: () => void; readonly children: ReactNode }) {
  return <Command.Item value={value} onSelect={onSelect} className="cursor-pointer px-4 py-2 font-bold data-[selected=true]:bg-go-solid data-[selected=true]:text-go-solid-ink data-[selected=true]:[&_span]:text-go-solid-ink">{children}</Command.Item>;
}

/** An environment's name as an enamel sign. */
export function EnvironmentSign({ name, small = false }: { readonly name: string; readonly small?: boolean }) {
  return (
    <span className={`on-sign inline-block max-w-full truncate rounded-[3px] bg-sign align-baseline font-extrabold text-sign-ink ring-1 ring-white/25 ring-inset dark:bg-[#2a3137] ${small ? 'px-1.5 text-[0.8125rem] leading-5.5' : 'px-2.5 pt-1.5 pb-1 text-lg leading-tight'}`}>{name}</span>
  );
}

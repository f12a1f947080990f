import { journeyTexts } from '../../ui/texts/journeys.ts';
import { environments, type EnvironmentName } from '../environments.ts';

interface Props { readonly value: EnvironmentName; readonly onChange: (name: EnvironmentName) => void }

/** Whose declarations stand beside the hops: the same hop is declared in every environment. */
export function EnvironmentSwitch({ value, onChange }: Props) {
  return (
    <fieldset className="mb-4 flex flex-wrap items-center gap-x-4 gap-y-2">
      <legend className="float-left mr-4 font-bold">{journeyTexts.declaredIn}</legend>
      <span className="inline-flex flex-wrap overflow-clip rounded border-[1.5px] border-dim">
        {environments.map((name) => (
          <label key={name} className="relative border-l-[1.5px] border-dim px-3 py-1.5 font-bold first:border-l-0 has-checked:bg-sign has-checked:text-sign-ink has-focus-visible:outline-3 has-focus-visible:-outline-offset-3 has-focus-visible:outline-go dark:has-checked:bg-ink dark:has-checked:text-ground">
            <input type="radio" name="environment" value={name} checked={value === name} onChange={() => onChange(name)} className="absolute inset-0 cursor-pointer opacity-0" />
            {name}
          </label>
        ))}
      </span>
    </fieldset>
  );
}

/** What is not right yet about a value, said beside its field. */
export const misfitTexts = {
  missing: 'is missing', unasked: 'is not asked for', noJson: 'is no JSON', twice: 'holds one of them twice',
  type: (types: readonly string[]) => `must be ${types.map((type) => names[type] ?? type).join(' or ')}`,
  among: (choices: readonly unknown[]) => `must be one of: ${choices.join(', ')}`,
  shorter: (least: number) => `needs ${least} characters`, longer: (length: number, most: number) => `has ${length} characters, ${most} are allowed`,
  pattern: (pattern: string) => `does not fit ${pattern}`, format: (format: string) => `is no ${format}`,
  least: (minimum: number) => `must be at least ${minimum}`, most: (maximum: number) => `must be at most ${maximum}`,
  fewer: (least: number) => `needs at least ${least}`, more: (most: number) => `takes at most ${most}`,
} as const;

const names: Readonly<Record<string, string>> = { object: 'an object', array: 'a list', null: 'null', integer: 'a whole number', number: 'a number', string: 'text', boolean: 'true or false' };

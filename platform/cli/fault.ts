/** One thing that is wrong with the model, beyond what the compiler sees: told with all others at once. */
export interface Fault { readonly where: string; readonly what: string; readonly fix: string }

/** What the API calls a route, a person at a terminal calls a command. The first that fits is taken, all over the text. */
const twins: readonly (readonly [RegExp, string])[] = [
  [/POST \/v1\/promotions \{"from": "([^"]*)", "to": "([^"]*)", "workloads": \["([^"]*)"\], …\}/g, '`./journey promote $1 $2 $3 --reason …`'],
  [/POST \/v1\/promotions/g, '`./journey promote`'],
  [/POST \/v1\/holds\/(\d+)\/lifting/g, '`./journey lift $1 --reason …`'],
  [/POST \/v1\/deployments/g, '`./journey deploy`'],
  [/POST \/v1\/rollbacks/g, '`./journey rollback`'],
  [/GET \/v1\/pulls\/(\d+)/g, '`./journey pull $1`'],
  [/GET \/v1\/pulls/g, '`./journey pulls`'],
  [/GET \/v1\/history/g, '`./journey history`'],
  [/GET \/v1\/holds/g, '`./journey holds`'],
  [/Correct the (fields|parameters) that `errors` names; GET \/openapi\.json shows the schema\./g, 'Correct what it names.'],
  [/Send "confirm": "([^"]*)"/g, 'Type it: `--confirm $1`'],
  [/Send "from": "([^"]*)"/g, 'Promote from $1'],
];

/** The fix of an answer, in the words of the command line. */
export const inCommands = (fix: string): string => twins.reduce((text, [route, command]) => text.replace(route, command), fix);

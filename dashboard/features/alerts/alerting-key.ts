/** What every key of the alerts' answers begins with: an event of the stream asks for all of them again. */
export const alertingKey = 'alerting';

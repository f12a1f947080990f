import { addressOf, consumes, contract, database, mail, objects, oneOf, text } from '../kit/contract.ts';
import { alertRoutes } from './contract/alerts.ts';

export const notification = contract({
  name: 'notification',
  about: 'Turns events and alerts into mail, once each, and keeps a copy of what it sent.',
  ports: { http: 8080, metrics: 9090 },
  env: {
    DATABASE: database(),
    EVENTS: consumes(),
    MAIL: mail(),
    ARCHIVE: objects(),
    /** Who is told of alerts: one address. */
    ALERTS_TO: text(),
    /** The pages, for links to them. */
    PAGES_URL: addressOf('dashboard'),
    LOG_LEVEL: oneOf('debug', 'info', 'warn'),
  },
  migrates: true,
  routes: {
    ...alertRoutes,
    list: {
      method: 'get', path: '/v1/notifications', access: 'viewer',
      about: 'The newest 50 messages that were sent.',
      answers: {
        200: {
          type: 'object', additionalProperties: false, required: ['notifications'],
          properties: {
            notifications: {
              type: 'array',
              items: {
                type: 'object', additionalProperties: false, required: ['eventId', 'to', 'subject', 'sentAt', 'archivedAs'],
                properties: {
                  eventId: { type: 'string' }, to: { type: 'string' }, subject: { type: 'string' },
                  sentAt: { type: 'string', format: 'date-time' }, archivedAs: { type: 'string' },
                },
              },
            },
          },
        },
      },
    },
  },
});

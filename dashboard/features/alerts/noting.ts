import type { Alert } from '../../api/alerts.ts';

/** What somebody is about to say of an alert. */
export interface Noting { readonly alert: Alert; readonly act: 'acknowledge' | 'silence' }

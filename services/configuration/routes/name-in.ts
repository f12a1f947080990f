import type { RouteRequest } from '../../kit/kit.ts';
import type { SettingName } from '../domain/setting.ts';

/** The setting that the path names; the route's schema has let only names through. */
export function nameIn({ params }: RouteRequest): SettingName {
  const { environment = '', name = '' } = params;
  return { environment, name };
}

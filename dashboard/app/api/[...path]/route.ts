import { dashboardEnv } from '../../../api/env.ts';
import { forward } from '../../../api/forward.ts';

const toGateway = (request: Request) => forward(request, dashboardEnv().gatewayUrl);

export { toGateway as DELETE, toGateway as GET, toGateway as POST, toGateway as PUT };

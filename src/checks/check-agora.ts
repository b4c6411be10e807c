import { type CallResult, type Credentials } from '@agora-recording-gateway/agora/client/client';
import { type AgoraRequest } from '@agora-recording-gateway/agora/client/requests';
import { replyMeaning } from '@agora-recording-gateway/agora/tables/reply-meanings';
import { type CheckResult } from './check-result.js';

/** What the settings say about Agora. */
export interface AgoraAccess {
  apiUrls: readonly string[];
  customers: readonly Credentials[];
  appIds: readonly string[];
}

/** One combination of them. */
export interface Probe {
  baseUrl: string;
  credentials: Credentials;
  appId: string;
}

/** What the reply to a probe says about one of its three parts. The parts that come before it are right. */
type Finding = { at: 'address' | 'customer' | 'project'; detail: string } | null;

/**
 * Asks for a recording that does not exist: Agora looks at the credentials, then at the App ID, and changes nothing.
 */
export function probeRequest(appId: string): AgoraRequest {
  return { operation: 'query', appId, resourceId: 'check', sid: 'check', mode: 'mix' };
}

function findingOf(result: CallResult): Finding {
  if (!result.answered) return { at: 'address', detail: result.message };
  const { httpStatus, reply } = result;
  const { name, verdict } = replyMeaning('query', httpStatus, reply.code);
  const answered = `Agora answered ${httpStatus}${reply.reason === null ? '' : ` (${reply.reason})`}`;
  if (httpStatus === 401) {
    return { at: 'customer', detail: `${answered}. Check the customer ID and secret.` };
  }
  if (name === 'AGORA_ROUTE_NOT_FOUND')
    return { at: 'address', detail: `${answered}. Check AGORA_API_URLS.` };
  if (name === 'APP_ID_INVALID') {
    const detail = `${answered}. Check the App ID, and enable Cloud Recording for the project in the Agora console.`;
    return { at: 'project', detail };
  }
  if (verdict === 'later') return { at: 'address', detail: `${answered}.` };
  // A 4xx without a code of Cloud Recording comes from something in front of it.
  if (reply.code === null && httpStatus !== 404 && httpStatus >= 400) {
    return { at: 'address', detail: `${answered}.` };
  }
  return null;
}

type Findings = readonly { probe: Probe; finding: Finding }[];

const ORDER = ['address', 'customer', 'project'] as const;

/** The result for one address, customer or project from all probes that used it. */
function resultOf(
  kind: (typeof ORDER)[number],
  name: string,
  findings: Findings,
  uses: (probe: Probe) => boolean,
): CheckResult {
  const own = findings.filter(({ probe }) => uses(probe));
  const isProven = ({ finding }: { finding: Finding }) =>
    finding === null || ORDER.indexOf(finding.at) > ORDER.indexOf(kind);
  if (own.some(isProven)) return { kind, name, outcome: 'ok', detail: 'Agora accepts it.' };
  const failed = own.find(({ finding }) => finding?.at === kind)?.finding;
  if (failed !== null && failed !== undefined)
    return { kind, name, outcome: 'failed', detail: failed.detail };
  return { kind, name, outcome: 'unknown', detail: 'Not checked, as Agora did not get that far.' };
}

/**
 * Checks every address, customer and App ID with as few calls as possible: each customer with the first project at the first
 * address, then the other projects and addresses with the first customer that Agora accepts.
 */
export async function checkAgora(
  { apiUrls, customers, appIds }: AgoraAccess,
  call: (probe: Probe) => Promise<CallResult>,
): Promise<CheckResult[]> {
  const [baseUrl = '', ...otherUrls] = apiUrls;
  const [appId = '', ...otherAppIds] = appIds;
  const findings: { probe: Probe; finding: Finding }[] = [];
  const run = async (probe: Probe) => {
    const finding = findingOf(await call(probe));
    findings.push({ probe, finding });
    return finding;
  };
  let accepted = customers[0];
  for (const credentials of [...customers].reverse()) {
    const finding = await run({ baseUrl, appId, credentials });
    if (finding === null || finding.at === 'project') accepted = credentials;
  }
  if (accepted !== undefined) {
    for (const other of otherAppIds) await run({ baseUrl, appId: other, credentials: accepted });
    for (const other of otherUrls) await run({ baseUrl: other, appId, credentials: accepted });
  }
  return [
    ...apiUrls.map((url) => resultOf('address', url, findings, (probe) => probe.baseUrl === url)),
    ...customers.map((pair) =>
      resultOf('customer', pair.customerId, findings, ({ credentials }) => credentials === pair),
    ),
    ...appIds.map((each) => resultOf('project', each, findings, (probe) => probe.appId === each)),
  ];
}

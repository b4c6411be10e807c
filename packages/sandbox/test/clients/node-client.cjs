/**
 * Sends what the examples of agora-rest-client-nodejs (0.1.0) send, in the way that the client sends it: it chooses one of
 * two domains by DNS, keeps its connection, names the host in a header, and takes the next region after a failed request.
 * Prints one JSON line for each reply. Usage: node node-client.cjs SCENARIO AREA CNAME UID PAUSE_MS
 */
const https = require('https');
const { Resolver } = require('dns/promises');

const AREAS = {
  US: { regions: ['api-us-west-1', 'api-us-east-1'], domains: ['agora.io', 'sd-rtn.com'] },
  EU: { regions: ['api-eu-west-1', 'api-eu-central-1'], domains: ['agora.io', 'sd-rtn.com'] },
  AP: { regions: ['api-ap-southeast-1', 'api-ap-northeast-1'], domains: ['agora.io', 'sd-rtn.com'] },
  CN: { regions: ['api-cn-north-1', 'api-cn-east-2'], domains: ['sd-rtn.com', 'agora.io'] },
};

const TIMEOUT_MS = 10_000;
const QUERIES = 3;

const [scenarioName, area, cname, uid, pauseMs] = process.argv.slice(2);
const { APP_ID, CUSTOMER_ID, CUSTOMER_SECRET } = process.env;
const storageConfig = JSON.parse(process.env.STORAGE_CONFIG);
const token = '';

const agent = new https.Agent({ keepAlive: true, keepAliveMsecs: 3000 });
const { regions, domains } = AREAS[area];

/** The first of the domains whose name is found. */
async function bestDomain() {
  const resolver = new Resolver({ timeout: 2000 });
  return Promise.any(
    domains.map((domain) => resolver.resolve4(`${regions[0]}.${domain}`).then(() => domain)),
  );
}

function send(method, host, path, body) {
  return new Promise((resolve, reject) => {
    const headers = {
      accept: 'application/json',
      date: new Date().toUTCString(),
      host,
      'content-type': 'application/json',
      'user-agent': 'AgoraRESTClient/0.1.0 (Node.js)',
      authorization: `Basic ${Buffer.from(`${CUSTOMER_ID}:${CUSTOMER_SECRET}`).toString('base64')}`,
    };
    // Options of this form are what the client's HTTP library passes on.
    const options = { protocol: 'https:', hostname: host, port: null, path, method, headers, agent };
    const request = https.request({ ...options, timeout: TIMEOUT_MS }, (response) => {
      let text = '';
      response.on('data', (chunk) => (text += chunk));
      response.on('end', () => resolve({ status: response.statusCode, body: JSON.parse(text) }));
    });
    request.on('error', reject);
    request.on('timeout', () => request.destroy(new Error('timeout')));
    request.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

let domain;

async function call(operation, method, path, body) {
  domain ??= await bestDomain();
  let reply;
  for (let attempt = 0; reply === undefined; attempt += 1) {
    const host = `${regions[attempt % regions.length]}.${domain}`;
    try {
      reply = await send(method, host, `/v1/apps/${APP_ID}/cloud_recording${path}`, body);
    } catch (error) {
      if (attempt === regions.length) throw error;
    }
  }
  console.log(JSON.stringify({ operation, ...reply }));
  return reply.body;
}

const EVERYONE = ['#allstream#'];
const STREAMS = { subscribeAudioUids: EVERYONE, subscribeVideoUids: EVERYONE };
const LIVE = { channelType: 1, streamTypes: 2, maxIdleTime: 30 };
const SUBSCRIBE = {
  streamSubscribe: {
    audioUidList: { subscribeAudioUids: EVERYONE },
    videoUidList: { subscribeVideoUids: EVERYONE },
  },
};
const HLS = { recordingFileConfig: { avFileType: ['hls'] } };
const HLS_AND_MP4 = { recordingFileConfig: { avFileType: ['hls', 'mp4'] } };
const SNAPSHOTS = { snapshotConfig: { captureInterval: 5, fileType: ['jpg'] } };
const PAGE = { url: 'https://acme.example/live', audioProfile: 2, videoWidth: 1280, videoHeight: 720 };

const mix = (files) => ({
  ...{ mode: 'mix', update: SUBSCRIBE, updateLayout: { mixedVideoLayout: 1, backgroundColor: '#FF0000' } },
  start: {
    token,
    recordingConfig: {
      ...{ ...LIVE, audioProfile: 2 },
      transcodingConfig: {
        ...{
          width: 640,
          height: 480,
          fps: 15,
          bitrate: 800,
          mixedVideoLayout: 0,
          backgroundColor: '#000000',
        },
      },
      ...STREAMS,
    },
    ...files,
    storageConfig,
  },
});

const individual = (what) => ({
  ...{ mode: 'individual', update: SUBSCRIBE },
  start: {
    ...{ token, recordingConfig: { ...LIVE, ...STREAMS, subscribeUidGroup: 0 } },
    ...{ ...what, storageConfig },
  },
});

const web = (services, update) => ({
  ...{ mode: 'web', update },
  start: {
    storageConfig,
    ...HLS_AND_MP4,
    extensionServiceConfig: {
      errorHandlePolicy: 'error_abort',
      extensionServices: [
        {
          ...{ serviceName: 'web_recorder_service', errorHandlePolicy: 'error_abort' },
          serviceParam: { ...PAGE, maxRecordingHour: 1 },
        },
        ...services,
      ],
    },
  },
});

const push = (rtmpUrl) => ({ outputs: [{ rtmpUrl }] });

const SCENARIOS = {
  'mix-hls': mix(HLS),
  'mix-hls-and-mp4': mix(HLS_AND_MP4),
  'individual-recording': individual(HLS),
  'individual-snapshot': individual(SNAPSHOTS),
  'individual-recording-and-snapshot': individual({ ...SNAPSHOTS, ...HLS }),
  web: web([], { webRecordingConfig: { onhold: true } }),
  'web-and-push': web(
    [
      {
        ...{ serviceName: 'rtmp_publish_service', errorHandlePolicy: 'error_ignore' },
        serviceParam: push('rtmp://live.acme.example:1935/live/test'),
      },
    ],
    {
      webRecordingConfig: { onhold: true },
      rtmpPublishConfig: push('rtmp://other.acme.example:1935/live/test'),
    },
  ),
};

const pause = () => new Promise((resolve) => setTimeout(resolve, Number(pauseMs)));

async function run({ mode, start, update, updateLayout }) {
  const scene = mode === 'web' ? 1 : 0;
  const acquire = { cname, uid, clientRequest: { scene, resourceExpiredHour: 1 } };
  const { resourceId } = await call('acquire', 'POST', '/acquire', acquire);
  const resource = `/resourceid/${resourceId}`;
  const started = await call('start', 'POST', `${resource}/mode/${mode}/start`, {
    ...{ uid, cname, clientRequest: start },
  });
  const task = `${resource}/sid/${started.sid}/mode/${mode}`;
  const query = async () => {
    for (let count = 0; count < QUERIES; count += 1) {
      await call('query', 'GET', `${task}/query`);
      await pause();
    }
  };
  const change = (operation, clientRequest) =>
    call(operation, 'POST', `${task}/${operation}`, { cname, uid, clientRequest });
  await query();
  await change('update', update);
  if (updateLayout !== undefined) await change('updateLayout', updateLayout);
  await query();
  await change('stop', { async_stop: true });
}

run(SCENARIOS[scenarioName]).then(
  () => agent.destroy(),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);

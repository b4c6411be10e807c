/**
 * `node --require agora-recording-sandbox/redirect`: leads every HTTPS request for Agora's host names to the sandbox on
 * this machine, for clients that build these names themselves. SANDBOX_HTTPS_PORT is the port (443). Let the process trust
 * the sandbox by NODE_EXTRA_CA_CERTS.
 */
const dns = require('node:dns');
const https = require('node:https');

const AGORA = /\.(agora\.io|sd-rtn\.com)$/;
const LOOPBACK = '127.0.0.1';
const port = Number(process.env.SANDBOX_HTTPS_PORT || 443);

const { lookup } = dns;
dns.lookup = (name, ...rest) => {
  if (!AGORA.test(name)) return lookup(name, ...rest);
  const callback = rest.pop();
  const [options] = rest;
  if (options?.all) process.nextTick(callback, null, [{ address: LOOPBACK, family: 4 }]);
  else process.nextTick(callback, null, LOOPBACK, 4);
  return {};
};

// Some clients ask a DNS server before they choose a host.
const { resolve4 } = dns.promises.Resolver.prototype;
dns.promises.Resolver.prototype.resolve4 = function (name, ...rest) {
  return AGORA.test(name) ? Promise.resolve([LOOPBACK]) : resolve4.call(this, name, ...rest);
};

function redirected(target) {
  const url = typeof target === 'string' ? new URL(target) : target;
  if (AGORA.test(url.hostname ?? url.host ?? '')) url.port = port;
  return url;
}

const { request, get } = https;
https.request = (target, ...rest) => request(redirected(target), ...rest);
https.get = (target, ...rest) => get(redirected(target), ...rest);

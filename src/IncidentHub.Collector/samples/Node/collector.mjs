// A small collector for the pause switch of IncidentHub, in Node.js 18 or later with no dependency but jose. It simulates a recorder: it
// creates synthetic events and writes them to a folder, only while it holds a permit.
//
//   npm ci && node collector.mjs --hub http://localhost:5100 --key <key with the scope enrol> --program MCI --state state --out out
import { createHash, randomBytes, randomInt } from 'node:crypto';
import { appendFileSync, mkdirSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Gate, moment, since } from './gate.mjs';
import { Hub, Identity, Refused } from './hub.mjs';

const { values: options } = parseArgs({ options: {
  hub: { type: 'string', default: 'http://localhost:5100' }, key: { type: 'string' }, program: { type: 'string', default: 'MCI' },
  state: { type: 'string', default: 'state' }, out: { type: 'string', default: 'out' }, name: { type: 'string', default: os.hostname() }, rate: { type: 'string', default: '20' },
} });
const FIRST_WAIT_MS = 2_000, MAX_NEXT_S = 600, HUB_SILENCE_MS = 25_000, MAX_RETRY_MS = 30_000;
const say = text => console.log(text);
const identity = await Identity.load(options.state);
const hub = new Hub(options.hub, identity, options.key);
const gate = new Gate(options.program, identity.countOf(options.program));
const buffer = []; // kept, and not yet written
let acked = { epoch: 0, ack: null, done: true };
let latestNonce = '';
let wake = () => {};

/** One renewal; answers after how many milliseconds to ask next. */
async function renew() {
  if (!identity.kept.secret) await hub.register({ instanceName: options.name, hostPseudonym: createHash('sha256').update(os.hostname()).digest('hex').slice(0, 12), version: 'node-1.0.0' });
  const nonce = latestNonce = randomBytes(16).toString('hex');
  const sentAt = moment(); // before the request is sent
  const answer = await hub.renew(nonce, [{ code: gate.program, epochSeen: identity.epochSeen(gate.program), lastSequence: gate.sequence }]);
  const renewed = answer.programs.find(p => p.code === gate.program);
  if (renewed) await apply(renewed, nonce, sentAt);
  await acknowledge();
  return Math.min(Math.max(answer.nextRenewSeconds, 0.2), MAX_NEXT_S) * 1000;
}

async function apply(renewed, nonce, sentAt) {
  const mine = async (token, type) => {
    const claims = token && await hub.verify(token, type);
    return claims && claims.sub === identity.kept.collectorId && claims.aud === gate.program && claims.nonce === nonce ? claims : null;
  };
  const [stop, permit] = [await mine(renewed.stop, 'ih-stop+jwt'), await mine(renewed.permit, 'ih-permit+jwt')];
  if (nonce !== latestNonce) return; // a response to an older attempt
  if (!stop && !permit) {
    // A refusal closes the gate; an invalid signature changes nothing: the permit expires.
    if (renewed.refused) gate.close('NotPermitted');
    return;
  }
  const epoch = (stop ?? permit).epoch;
  if (epoch < identity.epochSeen(gate.program)) return gate.close('EpochWentBack'); // a hub restored from a backup is not trusted
  const before = gate.last;
  if (permit) gate.open({ token: renewed.permit, jti: permit.jti, epoch: permit.epoch, categories: permit.categories, sentAt, lifeMs: (permit.exp - permit.iat) * 1000 });
  else gate.close(stop.reasonCode === 'terminated' ? 'Terminated' : ['paused', 'drill'].includes(stop.reasonCode) ? 'Paused' : 'NotPermitted', epoch);
  identity.recordEpoch(gate.program, epoch); // after the gate has changed: a crash in between keeps an older epoch, which is harmless
  if (stop && before) await stopped(before, epoch);
}

/** Signed evidence of the stop, made once an epoch: the same bytes are sent until the hub has answered. */
async function stopped(permit, epoch) {
  if (permit.epoch >= epoch || acked.epoch >= epoch) return;
  const offset = at => Math.trunc(Math.min(Math.max(since(permit.sentAt, at), 0), permit.lifeMs));
  const stoppedAt = offset(gate.stoppedAt ?? moment());
  const lastCollected = gate.lastCollectedAt && since(permit.sentAt, gate.lastCollectedAt) >= 0 ? Math.min(offset(gate.lastCollectedAt), stoppedAt) : null;
  const ack = await identity.sign('ih-ack+jwt', {
    sub: identity.kept.collectorId, aud: gate.program, epoch, jti: permit.jti, permit: permit.token, stoppedAtOffsetMs: stoppedAt, lastCollectedOffsetMs: lastCollected,
    lastSequence: gate.sequence, itemsBuffered: buffer.length, bufferDigest: createHash('sha256').update(buffer.join('\n')).digest('hex'),
  });
  acked = { epoch, ack, done: false };
}

async function acknowledge() {
  if (acked.done) return;
  try {
    await hub.acknowledge(acked.ack);
    say(`${gate.program}: the stop of epoch ${acked.epoch} is confirmed`);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    say(`${gate.program}: the hub refused the acknowledgement: ${error.message}`);
  }
  acked.done = true;
}

async function renewForEver() {
  let interval = FIRST_WAIT_MS;
  for (;;) {
    let wait;
    try {
      interval = wait = await renew();
    } catch (error) {
      say(error.message);
      wait = interval / 3; // two more attempts fit before the permit expires
      if (error.status === 401 && options.key) identity.kept.secret = null; // registers again: the same key pair is the same collector
    }
    await sleepOrWake(wait * (0.8 + Math.random() * 0.4)); // jitter: collectors that started together do not renew together
  }
}

const sleepOrWake = ms => new Promise(done => {
  const timer = setTimeout(done, ms);
  wake = () => { clearTimeout(timer); done(); };
});

/** A shortcut only: without it the next renewal brings the same. */
async function listenForEver() {
  for (let failures = 0; ; failures++) {
    const silence = new AbortController();
    let timer;
    const heard = () => {
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(), HUB_SILENCE_MS);
    };
    try {
      if (identity.kept.secret) {
        heard();
        for await (const told of hub.events(silence.signal, heard)) {
          failures = 0;
          if (told.program !== gate.program || told.epoch <= gate.epoch) continue;
          gate.announced(told.closedBelow);
          setTimeout(() => wake(), randomInt(Math.min(Math.max(told.spreadMs, 0), 60_000) + 1));
        }
      }
    } catch (error) {
      if (failures === 0) say(`no events: ${error.message}`);
    }
    clearTimeout(timer);
    await new Promise(done => setTimeout(done, Math.random() * Math.min(2_000 * 2 ** failures, MAX_RETRY_MS)));
  }
}

/** The recorder: checks before and after each act, and once more before it writes. */
function record() {
  const act = gate.begin('clicks');
  if (act) {
    const captured = JSON.stringify({ kind: 'clicks', at: new Date().toISOString(), bootMs: Math.round(os.uptime() * 1000), sequence: gate.sequence + 1 });
    if (gate.keep(act)) buffer.push(captured);
  }
  if (buffer.length >= 5 && gate.mayCollect('clicks')) appendFileSync(join(options.out, 'events.ndjson'), buffer.splice(0).join('\n') + '\n');
  const now = gate.closedBecause() ?? 'COLLECTING';
  if (now !== record.was) say(now === 'COLLECTING' ? `${gate.program} COLLECTING` : `${gate.program} STOPPED ${now}`);
  record.was = now;
}

mkdirSync(options.out, { recursive: true });
setInterval(record, 1000 / Number(options.rate));
renewForEver();
listenForEver();

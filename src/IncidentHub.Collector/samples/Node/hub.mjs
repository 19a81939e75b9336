// The calls of the protocol. Every failure throws; the permit continues until it expires.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compactVerify, createRemoteJWKSet, exportJWK, generateKeyPair, importJWK, SignJWT } from 'jose';

const CALL_TIMEOUT_MS = 10_000;

export class Refused extends Error {}

/** This collector: its key pair, its id and secret, and the highest epoch that it has seen of each program. The same folder is the same collector. */
export class Identity {
  static async load(folder) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const identity = new Identity();
    identity.file = join(folder, 'collector.json');
    identity.kept = existsSync(identity.file) ? JSON.parse(readFileSync(identity.file, 'utf8')) : null;
    if (!identity.kept) {
      const { privateKey } = await generateKeyPair('ES256', { extractable: true });
      identity.kept = { key: await exportJWK(privateKey), collectorId: null, secret: null, epochs: {} };
      identity.save();
    }
    identity.key = await importJWK(identity.kept.key, 'ES256');
    return identity;
  }

  get publicKey() {
    const { kty, crv, x, y } = this.kept.key;
    return { kty, crv, x, y };
  }

  epochSeen(program) { return this.kept.epochs[program] ?? 0; }

  recordEpoch(program, epoch) {
    if (epoch <= this.epochSeen(program)) return;
    this.kept.epochs[program] = epoch;
    this.save();
  }

  /** Items are numbered once, over restarts too: numbers up to this one are written down before the first of them is used. */
  countOf(program) {
    return { used: this.kept.counts?.[program] ?? 0, reserve: upTo => { (this.kept.counts ??= {})[program] = upTo; this.save(); } };
  }

  sign(type, claims) {
    return new SignJWT(claims).setProtectedHeader({ alg: 'ES256', typ: type }).sign(this.key);
  }

  // It holds a private key, and a half-written file would be another collector.
  save() {
    writeFileSync(this.file + '.new', JSON.stringify(this.kept), { mode: 0o600, flush: true });
    renameSync(this.file + '.new', this.file);
  }
}

export class Hub {
  #jwks;

  constructor(url, identity, enrolmentKey) {
    [this.url, this.identity, this.enrolmentKey] = [new URL(url), identity, enrolmentKey];
    // The hub publishes a key long before it signs with it; an unknown one is fetched, but not repeatedly.
    this.#jwks = createRemoteJWKSet(new URL('/.well-known/jwks.json', this.url), { cooldownDuration: 2_000, cacheMaxAge: 300_000, timeoutDuration: CALL_TIMEOUT_MS });
  }

  async register(about) {
    const { challenge } = await this.#post('challenge', this.enrolmentKey);
    // Over the hub's challenge, so that a proof cannot be replayed.
    const proof = await this.identity.sign('ih-enrol+jwt', { challenge });
    const { collectorId, secret } = await this.#post('register', this.enrolmentKey, { ...about, publicKey: this.identity.publicKey, proof });
    Object.assign(this.identity.kept, { collectorId, secret });
    this.identity.save();
  }

  renew(nonce, programs) { return this.#post('permits:renew', this.identity.kept.secret, { nonce, programs }); }

  /** Sends an acknowledgement; throws unless the answer is the hub's signed receipt for these very bytes. */
  async acknowledge(ack) {
    const { receipt } = await this.#post('stops', this.identity.kept.secret, { ack });
    const claims = await this.verify(receipt, 'ih-receipt+jwt');
    if (claims?.ackSha256 !== createHash('sha256').update(ack).digest('hex')) throw new Error('The receipt is not the hub\'s for this acknowledgement.');
  }

  /** The claims of a token of this type that the hub signed, else null. Expiry is not looked at here: this machine's clock may be wrong. */
  async verify(token, type) {
    try {
      const { payload, protectedHeader } = await compactVerify(token, this.#jwks, { algorithms: ['ES256'] });
      return protectedHeader.typ === type ? JSON.parse(new TextDecoder().decode(payload)) : null;
    } catch (error) {
      if (error.code === 'ERR_JWKS_TIMEOUT') throw error;
      return null;
    }
  }

  /** The hub's announcements. It says something, if only a comment, every ten seconds. */
  async *events(signal, heard) {
    const answer = await fetch(new URL('/api/v1/collectors/events', this.url), { headers: { authorization: `Bearer ${this.identity.kept.secret}` }, redirect: 'error', signal });
    if (!answer.ok) throw new Error(`${answer.status} from the events`);
    let [rest, kind] = ['', ''];
    for await (const text of answer.body.pipeThrough(new TextDecoderStream())) {
      heard();
      const lines = (rest + text).split('\n');
      rest = lines.pop();
      if (rest.length > 4096) throw new Error('A line of the event stream is too long.');
      for (const line of lines) {
        if (line === '') kind = '';
        else if (line.startsWith('event:')) kind = line.slice(6).trim();
        else if (line.startsWith('data:') && kind === 'switch') yield JSON.parse(line.slice(5));
      }
    }
  }

  async #post(path, bearer, body) {
    const answer = await fetch(new URL(`/api/v1/collectors/${path}`, this.url), {
      method: 'POST', redirect: 'error', signal: AbortSignal.timeout(CALL_TIMEOUT_MS),
      headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' }, body: body && JSON.stringify(body),
    });
    const text = await answer.text();
    if (answer.ok) return JSON.parse(text);
    const message = `${answer.status} from ${path}: ${text.slice(0, 500)}`;
    // A refusal is not retried; other failures are.
    const error = answer.status < 500 && ![408, 429].includes(answer.status) ? new Refused(message) : new Error(message);
    throw Object.assign(error, { status: answer.status });
  }
}

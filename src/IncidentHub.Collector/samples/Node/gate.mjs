// Holds the permit of one program: the recorder checks it before and after each act.
//
// Node has no clock that is guaranteed to count through suspend. process.hrtime() stops while the machine sleeps. os.uptime() continues on
// Linux, where it is /proc/uptime, to a hundredth of a second; elsewhere it may not. So three clocks are compared: the longer of the two
// elapsed times counts, and if the wall clock differs from it by more than two seconds since the request was sent, the gate closes. The
// remaining case: on a platform whose uptime stops during suspend, too, a machine that slept and whose wall clock was then set back by the
// same time still has a valid permit for the rest of its life. A recorder that must exclude this needs a real boot-time clock.
import { hrtime } from 'node:process';
import os from 'node:os';

const MAX_DRIFT_MS = 2_000, BLOCK = 10_000; // numbers are stored in blocks of this size

/** What the clocks say; take one before a request leaves, so that the permit's life can only come out shorter than the hub thinks. */
export const moment = () => ({ steady: Number(hrtime.bigint() / 1_000_000n), uptime: os.uptime() * 1000, wall: Date.now() });

/** Milliseconds since the moment, through suspend where the platform can tell. */
export const since = (then, now = moment()) => Math.max(now.steady - then.steady, now.uptime - then.uptime);

export class Gate {
  #permit = null; // { token, jti, epoch, categories, sentAt, lifeMs }
  #closings = 0;
  #announcedAt = null;
  #closedBelow = 0;

  #count;
  #reserved;

  constructor(program, count = { used: 0, reserve: () => {} }) {
    this.program = program;
    this.reason = 'Starting';
    this.epoch = 0;
    this.last = null; // the last permit, expired or not: acknowledgements refer to it
    this.stoppedAt = null;
    this.lastCollectedAt = null;
    this.sequence = this.#reserved = count.used;
    this.#count = count;
  }

  /** Why nothing may be collected now; null while something may. */
  closedBecause() {
    if (!this.#permit) return this.reason;
    const now = moment();
    const elapsed = since(this.#permit.sentAt, now);
    if (elapsed >= this.#permit.lifeMs) return 'PermitExpired';
    return Math.abs(now.wall - this.#permit.sentAt.wall - elapsed) > MAX_DRIFT_MS ? 'ClockDrift' : null;
  }

  mayCollect(category) {
    return this.closedBecause() === null && this.#permit.categories.includes(category);
  }

  /** Before the act. Null: do not begin. */
  begin(category) {
    return this.mayCollect(category) ? { category, closings: this.#closings } : null;
  }

  /** After the act: false where the gate closed meanwhile; throw away what was captured. */
  keep(act) {
    if (act.closings !== this.#closings || !this.mayCollect(act.category) || !this.#mayCount()) return false;
    this.lastCollectedAt = moment();
    this.sequence++;
    return true;
  }

  // False where the disk is full: a number that was not stored might be used again.
  #mayCount() {
    if (this.sequence < this.#reserved) return true;
    try {
      this.#count.reserve(this.sequence + BLOCK);
    } catch {
      return false;
    }
    this.#reserved = this.sequence + BLOCK;
    return true;
  }

  open(permit) {
    this.last = permit;
    // Requested before the announcement: the response may be older, too.
    if (permit.epoch < this.#closedBelow && since(permit.sentAt, this.#announcedAt) >= 0) return;
    const seamless = this.closedBecause() === null && this.#permit.categories.every(c => permit.categories.includes(c));
    if (!seamless) this.#closings++;
    if (this.#permit && !this.#permit.categories.every(c => permit.categories.includes(c))) this.stoppedAt = moment();
    [this.#permit, this.epoch] = [permit, permit.epoch];
  }

  close(reason, epoch = this.epoch) {
    if (this.#permit) this.stoppedAt = moment();
    this.#permit = null;
    this.#closings++;
    [this.reason, this.epoch] = [reason, epoch];
  }

  /** An event is not signed: it closes, and opens nothing. */
  announced(closedBelow) {
    [this.#announcedAt, this.#closedBelow] = [moment(), closedBelow];
    if (this.#permit && this.#permit.epoch < closedBelow) this.close('Announced');
  }
}

// The OpenFeature SDK over its OFREP provider. Prints one JSON object with what it was told; the test that starts it says what that must be.
//   node ofrep.mjs URL KEY KEY_OF_ANOTHER_SCOPE
import { OpenFeature } from '@openfeature/server-sdk';
import { OFREPProvider } from '@openfeature/ofrep-provider';

const [url, key, other] = process.argv.slice(2);
const FLAG = 'program.MCI.collect';
const headers = [['Authorization', `Bearer ${key}`]];

async function ask(domain, options, flag, byDefault, context, type = 'Boolean') {
  if (options) await OpenFeature.setProviderAndWait(domain, new OFREPProvider(options));
  const client = OpenFeature.getClient(domain);
  const { value, reason, variant, errorCode, flagMetadata } = await client[`get${type}Details`](flag, byDefault, context);
  return { value, reason, variant, errorCode, epoch: flagMetadata?.epoch };
}

const told = {};
const here = { baseUrl: url, headers };
told.allowed = await ask('hub', here, FLAG, false, { targetingKey: 'agent-1', region: 'DE', dataCategory: 'keystrokes' });
told.paused = await ask('hub', null, FLAG, true, { targetingKey: 'agent-1', region: 'US', dataCategory: 'keystrokes' });
told.nothingSaid = await ask('hub', null, FLAG, true);
told.unknownFlag = await ask('hub', null, 'program.NOPE.collect', false, {});
told.badContext = await ask('hub', null, FLAG, false, { region: 7 });
told.otherType = await ask('hub', null, FLAG, 'never', {}, 'String');
told.noKey = await ask('none', { baseUrl: url }, FLAG, false, {});
told.otherScope = await ask('scope', { baseUrl: url, headers: [['X-API-Key', other]] }, FLAG, false, {});
told.byApiKeyHeader = await ask('header', { baseUrl: url, headers: [['X-API-Key', key]] }, FLAG, false, { region: 'DE' });

// More than the measure of this hub allows: some are refused, and the provider then holds its peace until the time that it was told.
const many = await Promise.all(Array.from({ length: 60 }, () => ask('hub', null, FLAG, false, { region: 'DE' })));
told.refused = many.filter(m => m.errorCode === 'GENERAL').length;
told.refusedValue = many.filter(m => m.errorCode).every(m => m.value === false);
told.servedBesides = many.filter(m => m.value === true).length;
const raw = await Promise.all(Array.from({ length: 60 }, () => fetch(`${url}/ofrep/v1/evaluate/flags/${FLAG}`, { method: 'POST', headers: { authorization: `Bearer ${key}` }, body: '{}' })));
told.retryAfter = raw.find(r => r.status === 429)?.headers.get('retry-after');

// All flags at once, as web clients ask.
await new Promise(done => setTimeout(done, 1_100 * Number(told.retryAfter ?? 1)));
const bulk = tag => fetch(`${url}/ofrep/v1/evaluate/flags`, { method: 'POST', headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...(tag && { 'if-none-match': tag }) }, body: '{"context":{"region":"DE"}}' });
const all = await bulk();
told.bulk = (await all.json()).flags.map(f => [f.key, f.value]);
const again = await bulk(all.headers.get('etag'));
told.again = [again.status, await again.text()];
console.log(JSON.stringify(told));

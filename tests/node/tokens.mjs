// Verifies the hub's tokens against its published keys with jose, as somebody else would. Reads a JSON array of [token, type] from standard input, prints what it found.
//   node tokens.mjs JWKS_URL
import { createRemoteJWKSet, compactVerify, jwtVerify } from 'jose';

const keys = createRemoteJWKSet(new URL(process.argv[2]));
let text = '';
for await (const chunk of process.stdin) text += chunk;
const found = [];
for (const [token, type] of JSON.parse(text)) {
  try {
    // Permits say when they end; what has ended is still the hub's word.
    const { protectedHeader, payload } = await compactVerify(token, keys, { algorithms: ['ES256'] });
    const claims = JSON.parse(new TextDecoder().decode(payload));
    let live = null;
    try { await jwtVerify(token, keys, { typ: type, algorithms: ['ES256'] }); live = true; } catch (error) { live = error.code; }
    found.push({ kid: protectedHeader.kid, typ: protectedHeader.typ, aud: claims.aud, live });
  } catch (error) {
    found.push({ error: error.code });
  }
}
console.log(JSON.stringify(found));

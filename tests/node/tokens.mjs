// Verifies the hub's tokens against its published keys with jose, as somebody else would. Reads a JSON array of [token, type] from standard input, prints what it found.
//   node tokens.mjs JWKS_URL
import { createRemoteJWKSet, compactVerify } from 'jose';

const keys = createRemoteJWKSet(new URL(process.argv[2]));
let text = '';
for await (const chunk of process.stdin) text += chunk;
const found = [];
for (const [token, type] of JSON.parse(text)) {
  try {
    // Not jwtVerify: what has ended is still the hub's word, and the type is the caller's question.
    const { protectedHeader, payload } = await compactVerify(token, keys, { algorithms: ['ES256'] });
    const claims = JSON.parse(new TextDecoder().decode(payload));
    found.push(protectedHeader.typ === type ? { kid: protectedHeader.kid, typ: protectedHeader.typ, aud: claims.aud } : { error: `a ${protectedHeader.typ}` });
  } catch (error) {
    found.push({ error: error.code });
  }
}
console.log(JSON.stringify(found));

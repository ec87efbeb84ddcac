// Known-answer vectors of the wire, written without a line of the program: protocol.md 3 by Node's own crypto and zlib.
// Run once: node make_vectors.mjs   (keys are fixed; signatures are random by nature, so a new run changes the envelopes).
import crypto from "node:crypto";
import fs from "node:fs";
import zlib from "node:zlib";

const here = new URL(".", import.meta.url);
const write = (name, bytes) => fs.writeFileSync(new URL(name, here), bytes);

const be = (n, bytes) => {
  const out = Buffer.alloc(bytes);
  for (let i = bytes - 1, rest = BigInt.asUintN(8 * bytes, BigInt(n)); i >= 0; i--, rest >>= 8n) out[i] = Number(rest & 255n);
  return out;
};
const str8 = (s) => Buffer.concat([be(Buffer.byteLength(s), 1), Buffer.from(s)]);
const sha256 = (bytes) => crypto.createHash("sha256").update(bytes).digest();

// Numbers of bodies: 7 bits a byte, low ones first; signed ones in zigzag.
const u = (n) => {
  const out = [];
  let rest = BigInt(n);
  for (; rest >= 128n; rest >>= 7n) out.push(Number(rest & 127n) | 128);
  out.push(Number(rest));
  return Buffer.from(out);
};
const i = (n) => u(BigInt(n) < 0n ? -2n * BigInt(n) - 1n : 2n * BigInt(n));
const text = (s) => Buffer.concat([u(Buffer.byteLength(s)), Buffer.from(s)]);
const cat = (...parts) => Buffer.concat(parts);

// --- keys, from fixed scalars -------------------------------------------------------------------------------------------
const keyOf = (seed) => {
  const scalar = sha256(Buffer.from(seed));
  const ecdh = crypto.createECDH("prime256v1");
  ecdh.setPrivateKey(scalar);
  const point = ecdh.getPublicKey();
  const b64 = (b) => b.toString("base64url");
  const jwk = { kty: "EC", crv: "P-256", d: b64(scalar), x: b64(point.subarray(1, 33)), y: b64(point.subarray(33)) };
  const secret = crypto.createPrivateKey({ key: jwk, format: "jwk" });
  return {
    ecdh, point, secret, id: sha256(point).subarray(0, 8),
    secretPem: secret.export({ type: "sec1", format: "pem" }),
    publicPem: crypto.createPublicKey(secret).export({ type: "spki", format: "pem" }),
  };
};
const siteSign = keyOf("site signs");
const hubOpen = keyOf("hub opens");
const ephemeral = keyOf("ephemeral");
write("site-sign.key", siteSign.secretPem);
write("site-sign.pub", siteSign.publicPem);
write("hub-open.key", hubOpen.secretPem);
write("hub-open.pub", hubOpen.publicPem);

// --- messages ------------------------------------------------------------------------------------------------------------
const hash = (s) => sha256(Buffer.from(s));
const bodies = {
  file_end: cat(text("imp-7"), text("发放.csv"), hash("file"), text("benefit_pay"), u(1000), u(990), u(10), i(-123456789), i(1795564800000n)),
  file_receipt: cat(text("imp-7"), u(900), u(88), u(2), i(123456789), u(1), i(1795564800001n)),
  nack: cat(text(""), text("")), // replaced below
  document: cat(text("doc-1"), text("verify_payment"), text("请核实"), text("Please verify"), text("正文"), text("Body"), text("orange"),
    i(20261201), i(1795564800002n), text("[]")),
  receipt: cat(text("doc-1"), u(3), i(1795564800003n), text("王某")),
  answer: cat(text("doc-1"), text("王某"), i(1795564800004n), u(2), text("verdict"), text("属实"), text("note"), text("")),
  heartbeat: cat(text("0.1.0"), hash("catalog"), i(1795564800005n), u(1), u(5000), u(2), u(3), u(18446744073709551615n)),
  withdraw: cat(text("doc-1"), text("事实已变"), text("facts changed")),
  nothing: cat(text("penalty"), i(20261001), i(20261031), text("王某"), i(1795564800007n)),
  quality: cat(text("imp-7"), text("unit"), u(2), text("missing"), text("3"), text("totals"), text("1")),
  self_check: cat(text("X05"), hash("rule"), u(2), u(40), u(3), text(""), i(1795564800008n)),
  ack: cat(u(1), u(42), u(16), i(1795564800006n), hash("last")),
  resend: cat(u(1), u(17)),
  busy: cat(i(30000)),
  diverged: cat(u(3), u(17), text("behind")),
};
bodies.nack = cat(u(1), u(42), text("imp-7"), text("benefit_pay"), text("field.required"), text("第 3 列为空"), text("column 3 is empty"),
  u(3), i(3), i(4), i(-2));
const kinds = { file_end: 2, file_receipt: 3, nack: 4, document: 5, receipt: 6, answer: 7, heartbeat: 8, withdraw: 9, nothing: 10, quality: 11, self_check: 12, ack: 32, resend: 33, diverged: 34, busy: 36 };
for (const [name, body] of Object.entries(bodies)) write(`message-${name}.bin`, body);
const batch = cat(...Object.entries(bodies).map(([name, body]) => cat(u(kinds[name]), u(body.length), body)),
  cat(u(1000), u(5), Buffer.from("later"))); // a kind that this version does not know
write("batch.bin", batch);

// --- envelopes -----------------------------------------------------------------------------------------------------------
const seal = (plain, { flags, seq, prev, epoch = 1 }) => {
  const form = flags & 1 ? zlib.deflateSync(plain, { level: 9 }) : plain;
  const header = cat(Buffer.from("QQE1"), be(1, 1), be(1, 1), be(flags, 2), str8("231282"), str8("t07"), str8("hub"), be(epoch, 8),
    be(seq, 8), prev, be(1795564800000n, 8), hash("catalog"), hubOpen.id, siteSign.id, ephemeral.point, be(plain.length, 4),
    be(form.length, 4));
  const shared = ephemeral.ecdh.computeSecret(hubOpen.point);
  const key = Buffer.from(crypto.hkdfSync("sha256", shared, sha256(header), "qq1 seal", 32));
  const cipher = crypto.createCipheriv("aes-256-gcm", key, Buffer.alloc(12));
  cipher.setAAD(header);
  const body = cat(header, cipher.update(form), cipher.final(), cipher.getAuthTag());
  return cat(body, crypto.sign("sha256", body, { key: siteSign.secret, dsaEncoding: "ieee-p1363" }));
};
const first = seal(batch, { flags: 1, seq: 1, prev: Buffer.alloc(32) });
write("envelope-1.bin", first);
write("envelope-2.bin", seal(bodies.receipt, { flags: 2, seq: 2, prev: sha256(first), epoch: 258 }));

// --- a chunk of records: forms 1 (one number), 3 (steps), 5 (one text) of common/wire/README.md ------------------------------
const columns = cat(text("benefit_pay"), u(3), text("imp-1"), u(1), text(""), i(-5), u(3), u(3),
  u(3), i(2), i(1), i(1), // row numbers 2, 3, 4 as steps
  u(1), i(0), // no doubts
  text("field_0"), u(0), u(1), i(202611), // all there, numbers, the same
  text("field_1"), u(2 | 4), Buffer.from([0b101]), u(5), text("x"), // some there, texts
  text("field_2"), u(1)); // none there
write("columns.bin", columns);

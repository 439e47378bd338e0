// The rules of expressions.cpp in JavaScript: written by hand, and by cel-js, feelin and json-logic-js of the versions
// below, which npm installs into the folder given. Prints a line for each, "rule, engine, nanoseconds", divided by tabs;
// "skipped: reason" and exit 77 where npm does not answer. Each engine must give true, as the rule is.
//   node peers.mjs build/peers
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const versions = { '@marcbachmann/cel-js': '8.0.0', feelin: '8.2.0', 'json-logic-js': '2.0.5' };
const folder = resolve(process.argv[2] ?? 'build/peers');

function installed(name) {
  const file = join(folder, 'node_modules', name, 'package.json');
  return existsSync(file) && JSON.parse(readFileSync(file)).version === versions[name];
}

if (!Object.keys(versions).every(installed)) {
  mkdirSync(folder, { recursive: true });
  const wanted = Object.entries(versions).map(([name, version]) => `${name}@${version}`);
  try {
    execFileSync('npm', ['install', '--no-audit', '--no-fund', '--no-save', '--ignore-scripts', '--prefix', folder,
      ...wanted], { stdio: ['ignore', 'ignore', 'pipe'], timeout: 120_000 });
  } catch (error) {
    console.log(`skipped: npm does not answer (${String(error.message).split('\n')[0]})`);
    process.exit(77);
  }
}

const require = createRequire(join(folder, 'package.json'));
const load = (name) => import(pathToFileURL(require.resolve(name)));
const cel = await load('@marcbachmann/cel-js');
const feelin = await load('feelin');
const logic = (await load('json-logic-js')).default;

const claim = { payer: 'acme', code: 'D2750', amount: 1210.25, status: 'open' };
const submitted = new Date('2026-01-12T09:30:00Z');
const now = new Date('2026-03-02T14:00:00Z');
const dated = { claim: { ...claim, submitted }, now };
const feel = { claim: { ...claim, submitted: feelin.evaluate('date and time("2026-01-12T09:30:00Z")').value },
  moment: feelin.evaluate('date and time("2026-03-02T14:00:00Z")').value };
const day = 86_400_000;

const logical = (rule) => () => logic.apply(rule, dated);
const by_cel = (text) => { const run = cel.parse(text); return () => run(dated); };
const by_feelin = (text) => () => feelin.evaluate(text, feel).value;
const jsonlogic = 'json-logic-js 2.0.5', celjs = 'cel-js 8.0.0, compiled', feeljs = 'feelin 8.2.0, which parses each time';

const rules = {
  simple: {
    'JavaScript by hand': () => dated.claim.amount > 500 && dated.claim.payer === 'acme',
    [celjs]: by_cel('claim.amount > 500.0 && claim.payer == "acme"'),
    [jsonlogic]: logical({ and: [{ '>': [{ var: 'claim.amount' }, 500] }, { '==': [{ var: 'claim.payer' }, 'acme'] }] }),
    [feeljs]: by_feelin('claim.amount > 500 and claim.payer = "acme"'),
  },
  dates: {
    'JavaScript by hand': () => dated.claim.submitted.getTime() + 30 * day < dated.now.getTime(),
    [celjs]: by_cel('claim.submitted + duration("720h") < now'),
    [feeljs]: by_feelin('claim.submitted + duration("P30D") < moment'),
  },
  year: {
    'JavaScript by hand': () => dated.claim.submitted < new Date('2026-02-01') && dated.claim.submitted.getUTCFullYear() === 2026,
    [celjs]: by_cel('claim.submitted < timestamp("2026-02-01T00:00:00Z") && claim.submitted.getFullYear() == 2026'),
    [feeljs]: by_feelin('date(claim.submitted) < date("2026-02-01") and claim.submitted.year = 2026'),
  },
  list: {
    'JavaScript by hand': () => ['D2740', 'D2750'].some((code) => dated.claim.code === code),
    [celjs]: by_cel('["D2740", "D2750"].exists(c, claim.code == c)'),
    [jsonlogic]: logical({ in: [{ var: 'claim.code' }, ['D2740', 'D2750']] }),
    [feeljs]: by_feelin('some c in ["D2740", "D2750"] satisfies claim.code = c'),
  },
};

let kept;
function nanoseconds(call) {
  let count = 64;
  const round = () => {
    const start = process.hrtime.bigint();
    for (let i = 0; i < count; ++i) kept = call();
    return Number(process.hrtime.bigint() - start);
  };
  while (round() < 5e6) count *= 2;
  const figures = Array.from({ length: 9 }, () => round() / count).sort((a, b) => a - b);
  return figures[4];
}

for (const [rule, engines] of Object.entries(rules))
  for (const [engine, call] of Object.entries(engines)) {
    if (call() !== true) throw new Error(`${engine} gives ${call()} for the rule ${rule}`);
    console.log(`${rule}\t${engine}\t${nanoseconds(call).toFixed(1)}`);
  }
